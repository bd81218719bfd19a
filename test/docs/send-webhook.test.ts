import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWebhookServer, type WebhookServer } from '../fixtures/webhook-server.js'
import { snippetsIn } from './markdown.js'

const run = promisify(execFile)

let server: WebhookServer
let folder: string
beforeAll(async () => {
  server = await openWebhookServer()
  folder = mkdtempSync(join(tmpdir(), 'giftpulse-webhooks-'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const script = snippetsIn('js').find(({ place }) => place.startsWith('docs/webhooks.md'))
  writeFileSync(join(folder, 'send-webhook.mjs'), script?.text ?? '')
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the script in docs/webhooks.md', () => {
  it('sends what its receiver makes a log of', async () => {
    const { data } = await server.ask(
      `mutation { createReceiver(input: { name: "backups", generateSecret: true }) { secret } }`,
    )
    const { secret } = (data as unknown as { createReceiver: { secret: string } }).createReceiver
    const env = {
      ...process.env,
      RECEIVER_URL: `${server.http.url}/webhooks/custom/backups`,
      RECEIVER_SECRET: secret,
    }
    const { stdout } = await run(process.execPath, ['send-webhook.mjs'], { cwd: folder, env })
    expect(stdout).toBe('202 {"twilio_sid":"custom:backups:backup-2026-11-22"}\n')
    await server.settle()
    const logs = await server.rows(`SELECT status, text FROM logs WHERE account_sid = 'custom:backups'`)
    expect(logs).toEqual([{ status: 'failed', text: 'The disk is full' }])
  })
})
