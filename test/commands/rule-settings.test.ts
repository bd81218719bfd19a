import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/commands/rule-input.js'
import { InputError } from '../../src/errors.js'
import { RuleReads } from '../../src/store/rule-reads.js'
import { someHandlers } from '../actions/samples.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { commandsOn } from './commands-on.js'

let test: TestDatabase
let commands: ReturnType<typeof commandsOn>
const handlers = someHandlers()

beforeAll(async () => {
  test = await openTestDatabase()
  commands = commandsOn(test.database, handlers, 'a key')
})
afterAll(async () => {
  await handlers.close()
  await test.close()
})

/** Every value another one, so that none can stand in another's place. */
const settings = {
  name: 'many failures',
  description: 'for whoever is on call',
  enabled: false,
  logType: 'message',
  patternType: 'threshold',
  patternValue: 'code:30003',
  thresholdCount: 3,
  thresholdWindowMinutes: 10,
  cooldownMinutes: 30,
} as const

async function stored(id: string) {
  const rule = (await new RuleReads(test.database).rulesByIds([id])).get(id)
  return rule && settingsOf(rule)
}

async function badFields(refused: Promise<unknown>): Promise<string[]> {
  const thrown: unknown = await refused.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (thrown instanceof InputError) return thrown.fields.map(({ path }) => path)
  throw new Error('this was not refused as bad input', { cause: thrown })
}

describe('the settings of a rule', () => {
  it('are refused with every bad field, those of the wrong type beside the others', async () => {
    const bad = { name: 7, patternType: 'regex', patternValue: '(', cooldownMinutes: -1 }
    const actions = [{ actionType: 'email', config: {} }, { actionType: 'odd', config: {} }, 'none']
    expect(await badFields(commands.createRule({ ...bad, actions, odd: 1 }))).toEqual([
      'name',
      'actions.1.actionType',
      'actions.2',
      'odd',
      'cooldownMinutes',
      'patternValue',
      'actions.0.config.recipients',
    ])
    const { rule } = await commands.createRule(settings)
    expect(await badFields(commands.updateRule(rule.id, bad))).toEqual([
      'name',
      'cooldownMinutes',
      'patternValue',
    ])
    const typeless = { ...bad, patternType: 'odd', patternValue: 'odd:' }
    expect(await badFields(commands.updateRule(rule.id, typeless))).toEqual([
      'name',
      'patternType',
      'cooldownMinutes',
    ])
    expect(await stored(rule.id)).toEqual(settings)
  })

  it('are stored each in its place', async () => {
    const { rule } = await commands.createRule(settings)
    expect(await stored(rule.id)).toEqual(settings)
  })

  it('change each by itself: absent keeps, null clears', async () => {
    const { rule } = await commands.createRule(settings)
    const changes = [
      { name: 'calls' },
      { description: null },
      { enabled: true },
      { logType: null },
      { thresholdCount: 4 },
      { thresholdWindowMinutes: 20 },
      { cooldownMinutes: 0 },
      { patternType: 'status', patternValue: 'failed', thresholdCount: null, thresholdWindowMinutes: null },
    ] as const
    let expected: object = settings
    for (const change of changes) {
      expected = { ...expected, ...change }
      await commands.updateRule(rule.id, change)
      expect(await stored(rule.id)).toEqual(expected)
    }
  })
})
