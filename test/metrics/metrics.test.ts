import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { endProducts, productKey, readyProduct, watching, type Product } from '../fixtures/product.js'
import { simulatedTwilio, type SimulatedTwilio } from '../fixtures/simulated-twilio.js'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let product: Product
let text: string
beforeAll(async () => {
  twilio = await simulatedTwilio()
  database = await aProductDatabase()
  product = await readyProduct({ env: { ...watching(twilio), ...database.env } })
  await product.graphql(`mutation { createRule(input: { name: "Failed", patternType: STATUS, patternValue: "failed",
    actions: [{ actionType: LOG, config: {} }] }) { rule { id } } }`)
  await product.graphql('mutation { pollNow { stored } }')
  twilio.world.addMessage({ status: 'failed', error_code: 30_003 })
  await product.graphql('mutation { pollNow { stored } }')
  await vi.waitFor(
    async () => {
      text = await exposition()
      expect(text).toContain('giftpulse_deliveries_total{action="log",outcome="delivered"} 1')
    },
    { timeout: 60_000 },
  )
})
afterAll(async () => {
  await endProducts()
  await twilio.stop()
  await database.drop()
})

async function exposition(headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(`${product.url}/metrics`, { headers })).text()
}

/** The value of one sample; null where there is none. */
function sample(name: string): number | null {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? null : Number(line.slice(name.length))
}

describe('/metrics', () => {
  it('tells what was read, judged and delivered', () => {
    expect(sample('giftpulse_logs_ingested_total{type="message"}')).toBe(1)
    expect(sample('giftpulse_rule_matches_total')).toBe(1)
    expect(sample('giftpulse_alerts_total')).toBe(1)
    expect(sample('giftpulse_detect_to_send_seconds_count{action="log"}')).toBe(1)
    expect(sample('giftpulse_twilio_requests_total{status="200"}')).toBeGreaterThanOrEqual(6)
    expect(
      sample('giftpulse_poll_duration_seconds_count{source="messages",outcome="polled"}'),
    ).toBeGreaterThan(1)
    expect(sample('giftpulse_graphql_request_duration_seconds_count{operation_type="mutation"}')).toBe(3)
    expect(sample('giftpulse_database_up')).toBe(1)
    expect(sample('giftpulse_unjudged_transitions')).toBe(0)
  })

  it('tells of deliveries that have not failed yet, or the first that does would not be seen to rise', () => {
    for (const action of ['email', 'webhook', 'log'])
      expect(sample(`giftpulse_deliveries_total{action="${action}",outcome="failed"}`)).toBe(0)
  })

  it('tells when each list was last read, in seconds since the epoch', () => {
    const account = twilio.accountSid
    for (const source of ['calls', 'messages', 'alerts']) {
      const at = sample(
        `giftpulse_last_successful_poll_timestamp_seconds{account="${account}",source="${source}"}`,
      )
      expect(Math.abs(Date.now() / 1_000 - (at ?? 0))).toBeLessThan(60)
    }
  })

  it('names no record, no number and no operation', () => {
    expect(text).not.toMatch(/SM[0-9a-f]{32}|\+\d{7,}|createRule/)
  })

  it('is open to this machine, and to whoever comes through a proxy only with a key', async () => {
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${product.url}/metrics`, { headers })).status
    expect(await status({})).toBe(200)
    expect(await status({ 'x-forwarded-for': '203.0.113.9' })).toBe(401)
    expect(await status({ forwarded: 'for=203.0.113.9' })).toBe(401)
    expect(await status({ 'x-forwarded-for': '203.0.113.9', 'x-api-key': productKey })).toBe(200)
  })

  it.runIf(hasPromtool)('is what promtool takes for good (skipped without promtool)', () => {
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})

describe('deploy/', () => {
  it.runIf(hasPromtool)('holds alarms and a scrape that promtool takes (skipped without promtool)', () => {
    for (const [kind, file] of [
      ['rules', 'deploy/prometheus/alerts.yml'],
      ['config', 'deploy/prometheus/prometheus.yml'],
    ] as const) {
      const { status, stdout, stderr } = spawnSync('promtool', ['check', kind, file], { encoding: 'utf8' })
      expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
    }
  })

  it.runIf(hasPromtool)(
    'holds alarms that ring when they should and are quiet else (skipped without promtool)',
    () => {
      const tests = fileURLToPath(new URL('./alarms.yml', import.meta.url))
      const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', tests], { encoding: 'utf8' })
      expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
    },
  )

  it('has a proof for every alarm', () => {
    const alarms = readFileSync('deploy/prometheus/alerts.yml', 'utf8').matchAll(/- alert: (\w+)/g)
    const proofs = readFileSync('test/metrics/alarms.yml', 'utf8')
    const unproven = [...alarms].filter(([, name]) => !proofs.includes(`alertname="${name}"`))
    expect(unproven.map(([, name]) => name)).toEqual([])
  })

  it.each(['deploy/prometheus/alerts.yml', 'deploy/grafana/giftpulse.json', 'docs/operations.md'])(
    '%s names only metrics that there are',
    (file) => {
      const known = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name))
      const named = [...readFileSync(file, 'utf8').matchAll(/giftpulse_[a-z_]+[a-z]/g)].map(([name]) =>
        name.replace(/_(bucket|count|sum)$/, ''),
      )
      expect(named.filter((name) => !known.has(name) && !/^giftpulse_(process|nodejs)$/.test(name))).toEqual(
        [],
      )
    },
  )

  it('has a section in docs/operations.md for every alarm', () => {
    const alarms = [...readFileSync('deploy/prometheus/alerts.yml', 'utf8').matchAll(/- alert: (\w+)/g)]
    const page = readFileSync('docs/operations.md', 'utf8')
    expect(alarms.map(([, name]) => name).filter((name) => !page.includes(`### ${name}\n`))).toEqual([])
    expect(alarms.length).toBeGreaterThan(5)
  })
})
