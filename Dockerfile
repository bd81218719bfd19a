# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.js ./scripts/build.js
COPY src ./src
COPY client ./client
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/.cache

FROM node:24-slim
ENV NODE_ENV=production API_HOST=0.0.0.0 API_PORT=8000 DATA_DIR=/data
WORKDIR /app
# Owned by root: the process can read its own code but not change it.
COPY package.json LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY bin ./bin
# The command line: docker compose exec app giftpulse doctor
RUN ln -s /app/bin/giftpulse.js /usr/local/bin/giftpulse
# A new volume takes over the owner of the folder that it is mounted on.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node
EXPOSE 8000
# The image has no curl; Node itself asks. The start period covers the first migrations.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.API_PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
