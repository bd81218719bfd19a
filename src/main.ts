import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { startApp, type App } from './app.js'
import { loadConfig, type Config } from './config.js'
import { CONFIG_REMEDY } from './config/config-error.js'
import { messageOf, StartError } from './errors.js'
import { createLogger } from './logger.js'

/** The longest that a shutdown may take, in milliseconds: deliveries in flight get 25 s of it. */
const SHUTDOWN_MS = 28_000

const config = readConfig()
const logger = await createLogger({ level: config.logLevel, maskNumbers: config.maskNumbers })
process.on('unhandledRejection', (failure) =>
  logger.error({ err: failure }, 'something failed that nobody waited for'),
)

let app: App | null = null
let isStopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown(signal))
if (['start', 'npx'].includes(process.env.npm_lifecycle_event ?? '')) watchParent()
try {
  app = await startApp(config, logger, (line) => void process.stdout.write(`${line}\n`))
  if (isStopping) await endApp(app)
} catch (failure) {
  const said = `GiftPulse could not start: ${messageOf(failure)}`
  if (failure instanceof StartError) logger.fatal(said)
  else logger.fatal({ err: failure }, said)
  process.exit(1)
}

/** A killed `npm start` or `npx` takes nobody along: without this its product would hold the data directory for ever. */
function watchParent(): void {
  const parent = process.ppid
  const watching = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watching)
    void shutDown('end of npm')
  }, 500)
  watching.unref()
}

async function shutDown(signal: string): Promise<void> {
  if (isStopping) return
  isStopping = true
  logger.info({ signal }, 'stopping')
  // While it still starts there is nothing in flight; what is durable survives any end.
  if (app) await endApp(app)
  else process.exit(0)
}

async function endApp(running: App): Promise<never> {
  setTimeout(() => process.exit(0), SHUTDOWN_MS).unref()
  await running.stop()
  logger.info('stopped')
  process.exit(0)
}

function readConfig(): Config {
  try {
    return loadConfig(process.env, (path) => readFileSync(path, 'utf8'), process.cwd())
  } catch (failure) {
    process.stderr.write(`${messageOf(failure)}\n${CONFIG_REMEDY}\n`)
    process.exit(1)
  }
}
