import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'pg'

/** The least that taking in webhooks can be: a process of its own that inserts each body by itself and answers. Says its port. */
const pool = new Pool({ connectionString: process.argv[2], max: 20 })
await pool.query(
  'CREATE TABLE bare_inbox (id text PRIMARY KEY, body text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8')
    const id = new URLSearchParams(body).get('MessageSid')
    pool
      .query('INSERT INTO bare_inbox (id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, body])
      .then(() => response.writeHead(204).end())
      .catch(() => response.writeHead(503).end())
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
