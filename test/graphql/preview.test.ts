import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { createPreviewCommand } from '../../src/commands/preview-command.js'
import type { Commands } from '../../src/commands/commands.js'
import { createPreview } from '../../src/preview/preview.js'
import { StoredHistory } from '../../src/store/history.js'
import { someHandlers } from '../actions/samples.js'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { insertLog } from '../fixtures/rows.js'

let graphql: TestGraphql
let command: Pick<Commands, 'previewRule'>
beforeAll(async () => {
  graphql = await openTestGraphql({ commands: { previewRule: (...given) => command.previewRule(...given) } })
  command = createPreviewCommand({
    preview: createPreview(new StoredHistory(graphql.database), () => performance.now()),
    handlers: someHandlers(),
    secrets: createSecretBox('a-secret-key-for-tests'),
    clock: () => new Date(),
  })
  for (const [minute, status] of ['failed', 'delivered', 'undelivered'].entries())
    await insertLog(graphql.database, { timestamp: at(minute), status, twilioSid: `SM${minute}` })
})
afterAll(() => graphql.close())

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute))
const since = at(0).toISOString()
const rule = { name: 'failures', patternType: 'STATUS', patternValue: 'failed,undelivered' }

const QUERY = `query ($input: CreateRuleInput!, $since: DateTime!, $until: DateTime) {
  previewRule(input: $input, since: $since, until: $until) {
    since until logCount matchCount alertCount deliveryCount isComplete warnings
    matches { at log { twilioSid } }
    alerts { matchCount summary deliveryCount triggeredAt log { twilioSid transitions { status } } }
    buckets { from matches alerts }
  }
}`

async function refused(variables: object): Promise<readonly string[]> {
  const { errors } = await graphql.ask(QUERY, { input: rule, since, ...variables })
  expect(errors.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT'])
  return errors[0]!.extensions.fields!.map((field) => field.path)
}

describe('previewRule', () => {
  it('tells what the rule would have done, and writes nothing', async () => {
    const actions = [
      { actionType: 'LOG', config: {} },
      { actionType: 'LOG', config: { level: 'warn' } },
      { actionType: 'LOG', config: {}, enabled: false },
    ]
    const { data, errors } = await graphql.ask(QUERY, {
      input: { ...rule, enabled: false, actions },
      since,
      until: at(60).toISOString(),
    })
    expect(errors).toEqual([])
    expect(data!.previewRule).toMatchObject({
      since,
      until: at(60).toISOString(),
      logCount: 3,
      matchCount: 2,
      alertCount: 2,
      deliveryCount: 4,
      isComplete: true,
      warnings: [],
      matches: [{ log: { twilioSid: 'SM2' } }, { log: { twilioSid: 'SM0' } }],
      alerts: [
        {
          matchCount: 1,
          summary: 'failures: message SM2 went undelivered',
          deliveryCount: 2,
          log: { twilioSid: 'SM2', transitions: [{ status: 'undelivered' }] },
        },
        { log: { twilioSid: 'SM0' } },
      ],
    })
    expect(data!.previewRule!['buckets']).toHaveLength(60)
    for (const table of ['rules', 'actions', 'alerts', 'alert_logs', 'deliveries', 'rule_verdicts', 'feed'])
      expect(await graphql.database.query(`SELECT * FROM ${table}`)).toEqual([])
  })

  it('looks only at the logs of its span and type', async () => {
    const tried = async (variables: object) =>
      (await graphql.ask(QUERY, { input: rule, since, ...variables })).data!.previewRule
    expect(await tried({ until: at(2).toISOString() })).toMatchObject({ logCount: 2, matchCount: 1 })
    expect(await tried({ since: at(1).toISOString() })).toMatchObject({ logCount: 2, matchCount: 1 })
    expect(await tried({ input: { ...rule, logType: 'CALL' } })).toMatchObject({ logCount: 0, matchCount: 0 })
  })

  it('warns as saving the rule would', async () => {
    const input = { name: 'never', logType: 'CALL', patternType: 'ERROR_CODE', patternValue: '30003' }
    const { data } = await graphql.ask(QUERY, { input, since })
    expect(data!.previewRule!['warnings']).toEqual([expect.stringContaining('can never match')])
  })

  it('checks the rule as saving it would, and names every bad field at once', async () => {
    const input = {
      name: ' ',
      patternType: 'REGEX',
      patternValue: '(',
      actions: [{ actionType: 'EMAIL', config: { recipients: [] } }],
    }
    expect(await refused({ input, until: since })).toEqual([
      'input.name',
      'input.patternValue',
      'input.actions.0.config.recipients',
      'since',
    ])
  })

  it.each([
    ['after until', { since: at(2).toISOString(), until: at(1).toISOString() }],
    ['in the future', { since: '2999-01-01T00:00:00Z' }],
  ])('refuses a span that begins %s', async (_, span) => {
    expect(await refused(span)).toEqual(['since'])
  })

  it('takes only a few at a time', async () => {
    const one = (n: number) => `p${n}: previewRule(input: $input, since: $since) { logCount }`
    const many = Array.from({ length: 5 }, (_, n) => one(n)).join(' ')
    const { errors } = await graphql.ask(`query ($input: CreateRuleInput!, $since: DateTime!) { ${many} }`, {
      input: rule,
      since,
    })
    expect(errors.map((error) => error.extensions.code)).toEqual(['COMPLEXITY_LIMIT'])
  })
})

describe('a key without PII', () => {
  it('finds out no digit of a number by trying patterns, and is told so', async () => {
    const log = { timestamp: at(120), status: 'failed', text: 'call me at +14155552671' }
    await insertLog(graphql.database, log)
    const tried = (patternValue: string, seesNumbers: boolean) =>
      command.previewRule(
        { input: { name: 'x', patternType: 'regex', patternValue }, since: at(120), until: at(121) },
        { seesNumbers },
      )
    expect(await tried('\\+1415555267', true)).toMatchObject({ matchCount: 1, warnings: [] })
    const masked = await tried('\\+1415555', false)
    expect(masked.matchCount).toBe(0)
    expect(masked.warnings.join()).toContain('masked')
    expect(await tried('call me', false)).toMatchObject({ matchCount: 1 })
  })
})
