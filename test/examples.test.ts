import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aProductDatabase } from './fixtures/empty-database.js'
import { endProducts, productKey, readyProduct, watching, type Product } from './fixtures/product.js'
import { simulatedTwilio, type SimulatedTwilio } from './fixtures/simulated-twilio.js'

// Each starts programs and waits for what they say, one of them three times over.
vi.setConfig({ testTimeout: 240_000 })

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let product: Product
const children = new Set<ChildProcess>()
beforeAll(async () => {
  twilio = await simulatedTwilio()
  database = await aProductDatabase()
  product = await readyProduct({
    env: { ...watching(twilio), ...database.env, WEBHOOK_RETRY_ATTEMPTS: '0' },
  })
  await product.graphql('mutation { pollNow { stored } }')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await endProducts()
  await twilio.stop()
  await database.drop()
})

/** An example as it runs: what it has written so far, and how it ends. */
interface Run {
  readonly child: ChildProcess
  readonly lines: string[]
  /** Its whole output; rejects where it ends by itself with anything but 0. */
  readonly ended: Promise<string>
}

const interpreters: Readonly<Record<string, string>> = { sh: 'sh', mjs: process.execPath, py: 'python3' }

function start(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Run {
  const interpreter = interpreters[script.split('.').at(-1) ?? ''] ?? process.execPath
  const child = spawn(interpreter, [script, ...args], {
    env: { PATH: process.env.PATH, GIFTPULSE_URL: product.url, API_KEY: productKey, ...env },
  })
  children.add(child)
  const lines: string[] = []
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  createInterface(child.stdout).on('line', (written) => void lines.push(written))
  const ended = new Promise<string>((resolve, reject) => {
    child.once('exit', (_code, signal) => signal !== null && resolve(lines.join('\n')))
    child.once('error', reject)
    child.once('close', (code) => {
      children.delete(child)
      if (code === 0) resolve(lines.join('\n'))
      else reject(new Error(`${script} ended with ${code}:\n${lines.join('\n')}\n${complaint}`))
    })
  })
  return { child, lines, ended }
}

/** Runs an example to its end. */
function run(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<string> {
  tried.add(script)
  return start(join('examples', script), args, env).ended
}

const tried = new Set<string>()

/** How many messages have this error, those of an earlier try among them. */
const countOf = (error: number) =>
  twilio.world.records('messages').filter((message) => message['error_code'] === error).length

const patiently = { timeout: 60_000 }

async function line(from: Run, expected: RegExp): Promise<string> {
  await expect.poll(() => from.lines.find((one) => expected.test(one)), patiently).toBeDefined()
  return from.lines.find((one) => expected.test(one)) ?? ''
}

describe('the examples', () => {
  it('make a rule by GraphQL and by REST', async () => {
    expect(JSON.parse(await run('create-rule.sh'))).toMatchObject({
      data: { createRule: { rule: { name: 'Many messages fail' }, warnings: [] } },
    })
    expect(JSON.parse(await run('create-rule-rest.sh'))).toMatchObject({
      name: 'Unreachable handsets',
      pattern_value: '30003,30005-30008',
      actions: [{ action_type: 'email' }],
    })
  })

  it('say what a rule would have done', async () => {
    twilio.world.addMessage({ status: 'undelivered', error_code: 30_003 })
    await product.graphql('mutation { pollNow { stored } }')
    const matchCount = countOf(30_003)
    expect(JSON.parse(await run('preview-rule.sh'))).toMatchObject({
      data: { previewRule: { matchCount, alertCount: 1, alerts: [{ summary: expect.any(String) }] } },
    })
  })

  it('print every log of a filter, page after page', async () => {
    for (let count = countOf(30_007); count < 250; count++)
      twilio.world.addMessage({ status: 'failed', error_code: 30_007 })
    await product.graphql('mutation { pollNow { stored } }')
    const pages = (await run('all-logs.sh', ['error_code=30007']))
      .split('\n')
      .map((page) => JSON.parse(page) as { id: string }[])
    expect(pages.map((page) => page.length)).toEqual([200, 50])
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(250)
  })

  it('watch alerts as they come', async () => {
    tried.add('watch-alerts.mjs')
    const watcher = start('examples/watch-alerts.mjs', [], { COUNT: '1' })
    // The newest alert first, which shows that the page was read; what comes after is live.
    await line(watcher, /Unreachable handsets|Many messages fail/)
    await product.graphql(`mutation { createRule(input: { name: "Watched", patternType: ERROR_CODE, patternValue: "30008",
      actions: [{ actionType: LOG, config: {} }] }) { rule { id } } }`)
    twilio.world.addMessage({ status: 'failed', error_code: 30_008 })
    await product.graphql('mutation { pollNow { stored } }')
    expect(await watcher.ended).toMatch(/Z {2}Watched: (?!Watched).* \(1 delivery\)$/)
  })

  it('receive webhooks once each, and list and retry what failed', async () => {
    tried.add('receive-webhook.mjs')
    const receiver = start('examples/receive-webhook.mjs', [], { PORT: '0', SECRET })
    const port = (await line(receiver, /^listening on/)).split(' ').at(-1)
    const createRule = (name: string, config: object) =>
      product.graphql('mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }', {
        input: {
          name,
          patternType: 'ERROR_CODE',
          patternValue: '30004',
          actions: [{ actionType: 'WEBHOOK', config }],
        },
      })
    await createRule('Signed', { url: `http://127.0.0.1:${port}/`, secret: SECRET })
    await createRule('Unsigned', { url: `http://127.0.0.1:${port}/` })
    twilio.world.addMessage({ status: 'failed', error_code: 30_004 })
    await product.graphql('mutation { pollNow { stored } }')
    expect(await line(receiver, /^alert\.triggered: /)).toContain('30004')
    await expect
      .poll(() => run('failed-deliveries.mjs'), patiently)
      .toMatch(/^Unsigned: WEBHOOK failed after 1 try: .*401/m)
    expect(await run('failed-deliveries.mjs', ['--retry'])).toMatch(
      /^(1 failed delivery|[1-9]\d* failed deliveries)$/m,
    )
    await expect
      .poll(
        () => product.graphql('{ deliveries(filter: { status: [FAILED] }) { nodes { attemptCount } } }'),
        patiently,
      )
      .toMatchObject({ deliveries: { nodes: expect.arrayContaining([{ attemptCount: 2 }]) } })
    expect(receiver.lines.filter((one) => one.startsWith('alert.triggered'))).toHaveLength(1)
    receiver.child.kill()
  })

  it('send an event of their own, which becomes a log', async () => {
    const { createReceiver } = await product.graphql<{ createReceiver: { receiver: { url: string } } }>(
      'mutation ($input: CreateReceiverInput!) { createReceiver(input: $input) { receiver { url } } }',
      { input: { name: 'billing', secret: SECRET } },
    )
    expect(createReceiver.receiver.url).toContain('/webhooks/custom/billing')
    for (let times = 0; times < 2; times++)
      expect(await run('send-event.mjs', ['evt_1'], { SECRET })).toContain('evt_1 was taken')
    await expect
      .poll(() =>
        product.graphql('{ logs(filter: { logType: [CUSTOM] }) { nodes { twilioSid errorCode } } }'),
      )
      .toEqual({ logs: { nodes: [{ twilioSid: 'custom:billing:evt_1', errorCode: 'card_declined' }] } })
  })

  it('count the error codes of a day in Python', async () => {
    expect(await run('error_report.py')).toMatch(/^ +250 {2}30007 {3}\S/m)
  })

  it('make a key that may only read', async () => {
    expect(JSON.parse(await run('restricted-key.sh'))).toMatchObject({
      data: { viewer: { name: 'wallboard', scopes: ['READ'] } },
    })
  })

  it('know the shape of an answer', async () => {
    await start('node_modules/typescript/bin/tsc', ['-p', 'examples/typed']).ended
    tried.add('typed')
    const report = await start('node_modules/.cache/giftpulse-examples/failing.js').ended
    expect(report).toMatch(/30007 \+\d+ failed\n[^]*\d+ messages failed in the last 24 hours$/)
  })

  it('are all tried here', () => {
    expect([...tried].toSorted()).toEqual(
      readdirSync('examples')
        .filter((name) => name !== 'README.md')
        .toSorted(),
    )
  })
})
