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

async function faultsOf(refused: Promise<unknown>): Promise<InputError['fields']> {
  const thrown: unknown = await refused.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (thrown instanceof InputError) return thrown.fields
  throw new Error('this was not refused as bad input', { cause: thrown })
}

async function badFields(refused: Promise<unknown>): Promise<string[]> {
  return (await faultsOf(refused)).map(({ path }) => path)
}

describe('the settings of a rule', () => {
  it('are told what they must be where they are of the wrong type, and that they are required where they are missing', async () => {
    const bad = {
      cooldownMinutes: '5',
      thresholdCount: 1.5,
      enabled: 'yes',
      actions: ['none'],
      logType: 'call',
    }
    expect(await faultsOf(commands.createRule({ ...bad, patternType: 'regex', patternValue: 'x' }))).toEqual([
      { path: 'name', message: 'is required' },
      { path: 'enabled', message: 'must be true or false' },
      { path: 'thresholdCount', message: 'must be a whole number' },
      { path: 'cooldownMinutes', message: 'must be a whole number' },
      { path: 'actions.0', message: 'must be an object' },
    ])
  })

  it('ask for the config of an action once, where there is none', async () => {
    const wanted = { name: 'x', patternType: 'regex', patternValue: 'x', actions: [{ actionType: 'email' }] }
    expect(await faultsOf(commands.createRule(wanted))).toEqual([
      { path: 'actions.0.config', message: 'is required' },
    ])
    const { rule } = await commands.createRule(settings)
    expect(await faultsOf(commands.createAction({ ruleId: rule.id, actionType: 'email' }))).toEqual([
      { path: 'config', message: 'is required' },
    ])
  })

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

  it('say when what the rule looks for last changed, whatever else was edited since', async () => {
    const { rule } = await commands.createRule(settings)
    const before = new Date(0)
    const changedBy = async (change: object): Promise<boolean> => {
      await test.database.query(`UPDATE rules SET condition_changed_at = $1`, [before])
      return (await commands.updateRule(rule.id, change)).rule.conditionChangedAt > before
    }
    for (const change of [
      { enabled: true },
      { enabled: false, cooldownMinutes: 5 },
      { name: 'calls', description: null },
      { patternValue: settings.patternValue, thresholdCount: settings.thresholdCount },
    ])
      expect(await changedBy(change)).toBe(false)
    for (const change of [
      { logType: null },
      { patternValue: null },
      { thresholdCount: 4 },
      { thresholdWindowMinutes: 20 },
      { patternType: 'status', patternValue: 'failed', thresholdCount: null, thresholdWindowMinutes: null },
    ])
      expect(await changedBy(change)).toBe(true)
  })
})
