import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, expect, it, vi } from 'vitest'
import type { Action } from '../../src/actions/action.js'
import { openConfig } from '../../src/actions/config-secrets.js'
import { createSecretBox, type SecretBox } from '../../src/actions/secret-box.js'
import { rotateSecrets } from '../../src/cli/rotate-secrets.js'
import { loadConfig } from '../../src/config.js'
import { secretKeysOf } from '../../src/data-keys.js'
import { Database } from '../../src/store/database.js'
import { openInstallation } from '../../src/store/installation.js'
import { StoredSecrets } from '../../src/store/stored-secrets.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { runCli } from '../fixtures/cli.js'
import { aDirectory, endProducts } from '../fixtures/product.js'

vi.setConfig({ testTimeout: 1_200_000 })

const handlers = someHandlers()
const killAtStep = fileURLToPath(new URL('./kill-at-step.mjs', import.meta.url))
afterAll(async () => {
  await handlers.close()
  await endProducts()
})

const dataDir = aDirectory()
/** An installation that has made its key for itself: nothing but a data directory, with a real account's database and the demo's. */
const config = loadConfig(
  { DATA_DIR: dataDir },
  () => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  },
  dataDir,
)

async function onEach(work: (database: Database, secrets: SecretBox) => Promise<void>): Promise<void> {
  const keys = await secretKeysOf(config)
  for (const demo of [false, true]) {
    const { connection, close } = await openInstallation({ ...config, demo })
    const database = await Database.open(connection, pino({ level: 'silent' }))
    try {
      await work(database, createSecretBox(keys.current, keys.old))
    } finally {
      await database.close()
      await close()
    }
  }
}

async function addSecrets(): Promise<void> {
  const { current } = await secretKeysOf(config)
  await onEach(async (database) => {
    const commands = commandsOn(database, handlers, current)
    await commands.createRule({
      name: 'with a secret',
      patternType: 'error_code',
      patternValue: '1',
      actions: [{ actionType: 'webhook', config: { url: 'https://hooks.example', secret: 'of an action' } }],
    })
    await commands.createReceiver({ name: 'billing', secret: 'of a receiver', token: 'token-of-a-receiver' })
  })
}

/** What a start does, and what uses the secrets then. */
async function expectAllReadable(): Promise<void> {
  await onEach(async (database, secrets) => {
    await new StoredSecrets(database, { handlers, secrets }).refuseWrongKey()
    const [action] = await database.query<Action>(`SELECT config FROM actions`)
    expect(openConfig(handlers.get('webhook'), action!.config, secrets)).toMatchObject({
      secret: 'of an action',
    })
    const [receiver] = await database.query<{ secret: string; token: string }>(
      `SELECT secret, token FROM receivers`,
    )
    expect([receiver!.secret, receiver!.token].map((sealed) => secrets.open(sealed))).toEqual([
      'of a receiver',
      'token-of-a-receiver',
    ])
  })
}

/** Each takes some ten seconds: where every push is tested, every fifth step is killed before. */
const STRIDE = process.env['CI'] ? 5 : 1

it('killed before any of its steps, a rotation is run again, and ends with every secret readable and one key', async () => {
  await addSecrets()
  let killedBefore = 0
  for (let step = 1; ; step += STRIDE) {
    const env = { DATA_DIR: dataDir, NODE_OPTIONS: `--import=${killAtStep}`, KILL_AT: String(step) }
    const { code, err } = await runCli(['secrets', 'rotate'], { cwd: dataDir, env })
    expect({ code, err }).toEqual({ code: code === 0 ? 0 : null, err: '' })
    if (code === 0) break
    killedBefore = step
    // By the keys that a start would find now. One that is missing makes secrets unreadable.
    const rotated = await rotateSecrets(config, { giveUpUnreadable: false })
    expect(rotated).toMatchObject([
      { unreadable: 0, foundLater: 0 },
      { unreadable: 0, foundLater: 0 },
    ])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('secret-key'))).toEqual(['secret-key'])
  }
  // The files of the keys, and two writes with their commits in each of the two databases.
  expect(killedBefore).toBeGreaterThan(13 - STRIDE)
  await expectAllReadable()
})
