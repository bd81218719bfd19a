import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MASK, openConfig } from '../../../src/actions/config-secrets.js'
import { createSecretBox } from '../../../src/actions/secret-box.js'
import { ConflictError, InputError } from '../../../src/errors.js'
import { ReceiverReads } from '../../../src/store/receiver-reads.js'
import { RuleReads } from '../../../src/store/rule-reads.js'
import { someHandlers } from '../../actions/samples.js'
import { openTestDatabase, type TestDatabase } from '../../fixtures/database.js'
import { commandsOn } from '../commands-on.js'

let test: TestDatabase
let commands: ReturnType<typeof commandsOn>
const handlers = someHandlers()
const KEY = 'a secret key'

beforeAll(async () => {
  test = await openTestDatabase()
  commands = commandsOn(test.database, handlers, KEY)
})
afterAll(async () => {
  await handlers.close()
  await test.close()
})
beforeEach(async () => {
  await test.database.query('UPDATE actions SET deleted_at = now()')
  await test.database.query('UPDATE rules SET deleted_at = now()')
  await test.database.query('DELETE FROM receivers')
})

const webhook = {
  type: 'webhook',
  config: { url: 'https://hooks.example.com/', secret: '${SECRET}', headers: { 'X-Key': 'key ${SECRET}' } },
}
const aRule = (over: object = {}) => ({
  name: 'failures',
  pattern_type: 'error_code',
  pattern_value: '30003',
  actions: [{ type: 'log' }, webhook],
  ...over,
})

interface Options {
  readonly variables?: object | null
  readonly managedBy?: string | null
  readonly dryRun?: boolean
  readonly prune?: boolean
  readonly pruneAll?: boolean
}

function apply(rules: readonly object[] | undefined, options: Options = {}) {
  return commands.applyConfiguration({
    configuration: rules ? { rules } : {},
    variables: { SECRET: 'hush' },
    managedBy: 'giftpulse.yaml',
    dryRun: false,
    prune: true,
    ...options,
  })
}

/** `update failures` and so on. */
async function told(applied: ReturnType<typeof apply>): Promise<string[]> {
  return (await applied).changes.map(({ action, name }) => `${action} ${name}`)
}

async function detailsOf(applied: ReturnType<typeof apply>): Promise<readonly string[]> {
  return (await applied).changes[0]?.details ?? []
}

const reads = () => new RuleReads(test.database)

async function faultsOf(refused: Promise<unknown>): Promise<string[]> {
  const thrown: unknown = await refused.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (thrown instanceof InputError) return thrown.fields.map(({ path, message }) => `${path}: ${message}`)
  throw new Error('this was not refused as bad input', { cause: thrown })
}

describe('applying files', () => {
  it('makes what is missing, and then keeps it', async () => {
    expect(await told(apply([aRule()]))).toEqual(['create failures'])
    const [rule] = await reads().rules(null)
    const actions = await reads().actions(null)
    expect(rule).toMatchObject({ name: 'failures', patternValue: '30003', managedBy: 'giftpulse.yaml' })
    expect(actions.map(({ actionType, managedBy }) => [actionType, managedBy])).toEqual([
      ['log', 'giftpulse.yaml'],
      ['webhook', 'giftpulse.yaml'],
    ])
    expect(await told(apply([aRule()]))).toEqual(['keep failures'])
    expect(await reads().rules(null)).toEqual([rule])
    expect(await reads().actions(null)).toEqual(actions)
  })

  it('changes only what differs: another action leaves the rule and its judging alone', async () => {
    await apply([aRule()])
    const [rule] = await reads().rules(null)
    const [log, hook] = await reads().actions(null)
    const email = { type: 'email', config: { recipients: ['ops@example.com'] } }
    const next = aRule({ actions: [{ type: 'log', config: { level: 'warn' } }, email, webhook] })
    expect(await detailsOf(apply([next]))).toEqual([
      'actions.0 (log): config.level differs',
      'actions.1 (email) is new',
    ])
    expect(await reads().rules(null)).toEqual([rule])
    expect(await reads().actions(null)).toEqual([
      { ...log, config: { level: 'warn' } },
      hook,
      expect.objectContaining({ actionType: 'email', managedBy: 'giftpulse.yaml' }),
    ])
  })

  it('tells what of a rule differs, and keeps its id', async () => {
    await apply([aRule()])
    const [before] = await reads().rules(null)
    const next = aRule({ pattern_value: '30005', cooldown_minutes: 5, enabled: false, actions: [] })
    expect(await detailsOf(apply([next]))).toEqual([
      'enabled: true -> false',
      'pattern_value: "30003" -> "30005"',
      'cooldown_minutes: 0 -> 5',
      'an action of type log is deleted',
      'an action of type webhook is deleted',
    ])
    const [after] = await reads().rules(null)
    expect(after).toMatchObject({ id: before?.id, patternValue: '30005', enabled: false })
    expect(await reads().actions(null)).toEqual([])
  })

  it('deletes what the files had and have no longer, and nothing else', async () => {
    await commands.createRule({ name: 'by hand', patternType: 'error_code', patternValue: '1' })
    await apply([aRule({ name: 'of another file' })], { managedBy: 'another.yaml' })
    await apply([aRule(), aRule({ name: 'more' })])
    expect(await told(apply([aRule()], { prune: false }))).toEqual(['keep failures', 'keep more'])
    expect(await told(apply([aRule()]))).toEqual(['keep failures', 'delete more'])
    expect(await told(apply(undefined))).toEqual([])
    expect(await told(apply([]))).toEqual(['delete failures'])
    expect((await reads().rules(null)).map(({ name }) => name)).toEqual(['by hand', 'of another file'])
  })

  it('writes nothing when it is only asked what it would do', async () => {
    expect(await told(apply([aRule()], { dryRun: true }))).toEqual(['create failures'])
    expect(await reads().rules(null)).toEqual([])
  })

  it('takes over what has the same name, by hand or by other files', async () => {
    const { rule } = await commands.createRule({
      name: 'failures',
      patternType: 'error_code',
      patternValue: '30003',
    })
    const bare = aRule({ actions: [] })
    expect(await detailsOf(apply([bare]))).toEqual(['is managed by giftpulse.yaml from now on'])
    expect(await detailsOf(apply([bare], { managedBy: 'b' }))).toEqual([
      'is managed by b, no longer by giftpulse.yaml',
    ])
    expect(await detailsOf(apply([bare], { managedBy: null }))).toEqual(['is managed by b no longer'])
    expect(await reads().rules(null)).toEqual([rule])
  })

  it('refuses a name that means two rules', async () => {
    const twin = { name: 'failures', patternType: 'error_code', patternValue: '1' }
    await commands.createRule(twin)
    await commands.createRule(twin)
    await expect(apply([aRule()])).rejects.toThrow(ConflictError)
  })

  it('tells rules of one name apart by their age where the files number them, as an export does', async () => {
    const twin = { name: 'failures', patternType: 'error_code' }
    const older = await commands.createRule({ ...twin, patternValue: '1' })
    const younger = await commands.createRule({ ...twin, patternValue: '2' })
    const { rules } = await commands.configuration()
    expect(rules).toEqual([
      { name: 'failures', pattern_type: 'error_code', pattern_value: '1' },
      { name: 'failures', copy: 2, pattern_type: 'error_code', pattern_value: '2' },
    ])
    expect(await told(apply(rules.toReversed()))).toEqual(['update failures', 'update failures'])
    expect(await told(apply(rules))).toEqual(['keep failures', 'keep failures'])
    expect(await reads().rules(null)).toMatchObject([
      { id: older.rule.id, patternValue: '1' },
      { id: younger.rule.id, patternValue: '2' },
    ])
    expect(await told(apply([...rules, { ...rules[0], copy: 3 }]))).toEqual([
      'keep failures',
      'keep failures',
      'create failures',
    ])
    expect(await told(apply(rules.slice(0, 1)))).toEqual([
      'keep failures',
      'delete failures',
      'delete failures',
    ])
    expect(await reads().rules(null)).toMatchObject([{ id: older.rule.id }])
  })

  describe('that number rules of one name', () => {
    const copyOf = (copy: number, value: string) => aRule({ copy, pattern_value: value, actions: [] })
    const byHand = (value: string, name = 'failures') =>
      commands.createRule({ name, patternType: 'error_code', patternValue: value })
    /** Of each rule, the oldest first: who manages it, and what it looks for. */
    const all = async () =>
      (await reads().rules(null)).map(({ managedBy, patternValue }) => `${managedBy} ${patternValue}`)

    it('count those that they manage, whatever else is called so and however old it is', async () => {
      const older = await byHand('9', 'renamed later')
      await apply([copyOf(1, '1'), copyOf(2, '2')])
      await commands.updateRule(older.rule.id, { name: 'failures' })
      await byHand('8')
      expect(await told(apply([copyOf(1, '10'), copyOf(2, '20')]))).toEqual([
        'update failures',
        'update failures',
      ])
      expect(await all()).toEqual(['null 9', 'giftpulse.yaml 10', 'giftpulse.yaml 20', 'null 8'])
      expect(await told(apply([copyOf(1, '10')]))).toEqual(['keep failures', 'delete failures'])
      expect(await all()).toEqual(['null 9', 'giftpulse.yaml 10', 'null 8'])
    })

    it('leave alone what other files have taken over of them', async () => {
      const four = [copyOf(1, '1'), copyOf(2, '2'), copyOf(3, '3'), copyOf(4, '4')]
      await apply(four)
      await apply(four.slice(0, 2), { managedBy: 'others' })
      expect(await told(apply([copyOf(1, '30'), copyOf(2, '40')]))).toEqual([
        'update failures',
        'update failures',
      ])
      expect(await all()).toEqual(['others 1', 'others 2', 'giftpulse.yaml 30', 'giftpulse.yaml 40'])
    })

    it('take over the oldest of others once they name more than they manage', async () => {
      const older = await byHand('9', 'renamed later')
      await apply([copyOf(1, '1')])
      await commands.updateRule(older.rule.id, { name: 'failures' })
      expect(await detailsOf(apply([copyOf(1, '1')]))).toEqual([])
      const { changes } = await apply([copyOf(1, '1'), copyOf(2, '2')])
      expect(changes.map(({ details }) => details)).toEqual([
        [],
        ['pattern_value: "9" -> "2"', 'is managed by giftpulse.yaml from now on'],
      ])
    })

    it('write none that stands as one of them says, whichever number it has', async () => {
      await apply([copyOf(1, '1'), copyOf(2, '2'), copyOf(3, '3')])
      const before = await reads().rules(null)
      expect(await told(apply([copyOf(1, '1'), copyOf(2, '3')]))).toEqual([
        'keep failures',
        'keep failures',
        'delete failures',
      ])
      expect(await reads().rules(null)).toEqual([before[0], before[2]])
    })

    it('keep theirs where one comes to say what a rule made by hand says', async () => {
      await apply([copyOf(1, '1'), copyOf(2, '2')])
      await byHand('3')
      expect(await told(apply([copyOf(1, '1'), copyOf(2, '3')]))).toEqual([
        'keep failures',
        'update failures',
      ])
      expect(await all()).toEqual(['giftpulse.yaml 1', 'giftpulse.yaml 3', 'null 3'])
    })

    it('keep theirs where one comes to say what a rule of other files says', async () => {
      const four = [copyOf(1, '1'), copyOf(2, '2'), copyOf(3, '3'), copyOf(4, '4')]
      await apply(four)
      await apply(four.slice(0, 2), { managedBy: 'others' })
      expect(await told(apply([copyOf(1, '3'), copyOf(2, '2')]))).toEqual([
        'keep failures',
        'update failures',
      ])
      expect(await all()).toEqual(['others 1', 'others 2', 'giftpulse.yaml 3', 'giftpulse.yaml 2'])
    })

    it('give back those that files manage, and not what others have made under the name', async () => {
      const older = await byHand('9', 'renamed later')
      await apply([copyOf(1, '1'), copyOf(2, '2')])
      await commands.updateRule(older.rule.id, { name: 'failures' })
      const { changes } = await apply([copyOf(1, '1'), copyOf(2, '2')], { managedBy: null })
      expect(changes.map(({ details }) => details)).toEqual([
        ['is managed by giftpulse.yaml no longer'],
        ['is managed by giftpulse.yaml no longer'],
      ])
    })

    it('are told that a number is none, and nothing else of it', async () => {
      for (const [copy, message] of [
        [0, 'must be 1 or more'],
        [-1, 'must be 1 or more'],
        [1.5, 'must be a whole number'],
        ['two', 'must be a whole number'],
      ] as const)
        expect(
          await faultsOf(
            apply([aRule({ actions: [] }), aRule({ copy, actions: [] }), aRule({ copy: 3, actions: [] })]),
          ),
        ).toEqual([`configuration.rules.1.copy: ${message}`])
    })
  })

  it('names a copy that stands twice in the files, or without the one before it', async () => {
    const copies = [1, 3, 3].map((copy) => aRule({ copy, actions: [] }))
    expect(await faultsOf(apply(copies))).toEqual([
      'configuration.rules.2.name: is the name of rules.1 too: files tell rules apart by it',
      'configuration.rules.1.copy: needs copy 2 of the same name in the files too',
      'configuration.rules.2.copy: needs copy 2 of the same name in the files too',
    ])
  })

  it('refuses to delete all that stands under a name for files that have nothing of it, whoever asks', async () => {
    await apply([aRule({ actions: [] })])
    const others = [aRule({ name: 'of others', actions: [] })]
    await expect(apply(others)).rejects.toThrow(
      'giftpulse.yaml manages "failures" here, and these files have none of it',
    )
    await expect(apply(others, { dryRun: true })).rejects.toThrow(ConflictError)
    expect(await told(apply(others, { managedBy: 'others' }))).toEqual(['create of others'])
    expect(await told(apply(others, { pruneAll: true, dryRun: true }))).toEqual([
      'update of others',
      'delete failures',
    ])
    expect(await faultsOf(apply(others, { prune: false, pruneAll: true }))).toEqual([
      'pruneAll: must come with prune: true',
    ])
    expect(await told(apply(others, { pruneAll: true }))).toEqual(['update of others', 'delete failures'])
    expect(await told(apply([]))).toEqual(['delete of others'])
  })

  it('is all or nothing', async () => {
    const masked = aRule({
      name: 'b',
      actions: [{ ...webhook, config: { ...webhook.config, secret: MASK } }],
    })
    expect(await faultsOf(apply([aRule(), masked]))).toEqual([
      'configuration.rules.1.actions.0.config.secret: is the mask of a secret, but no secret is stored here',
    ])
    expect(await reads().rules(null)).toEqual([])
  })

  it('calls what must have fields a map, as the language of the files does', async () => {
    expect(await faultsOf(apply(['none' as never, aRule({ actions: ['none'] })]))).toEqual([
      'configuration.rules.0: must be a map',
      'configuration.rules.1.actions.0: must be a map',
    ])
  })

  it('names every fault at once, as the files spell it', async () => {
    const bad = [
      aRule({
        pattern_value: '',
        cooldown_minutes: -1,
        actions: [{ type: 'email', config: {} }, webhook],
      }),
      aRule({ pattern_type: 'threshold', pattern_value: null }),
    ]
    expect(await faultsOf(apply(bad, { variables: null }))).toEqual([
      'configuration.rules.1.name: is the name of rules.0 too: files tell rules apart by it',
      expect.stringMatching(/^configuration\.rules\.0\.cooldown_minutes: /),
      expect.stringMatching(/^configuration\.rules\.0\.pattern_value: /),
      expect.stringMatching(/^configuration\.rules\.0\.actions\.0\.config\.recipients: /),
      expect.stringMatching(
        /^configuration\.rules\.0\.actions\.1\.config\.secret: names the variable SECRET/,
      ),
      expect.stringMatching(
        /^configuration\.rules\.0\.actions\.1\.config\.headers\.X-Key: names the variable/,
      ),
      expect.stringMatching(/^configuration\.rules\.1\.threshold_count: /),
      expect.stringMatching(/^configuration\.rules\.1\.threshold_window_minutes: /),
      expect.stringMatching(/^configuration\.rules\.1\.actions\.1\.config\.secret: /),
      expect.stringMatching(/^configuration\.rules\.1\.actions\.1\.config\.headers\.X-Key: /),
    ])
  })

  it('hides no fault behind a part of the wrong type', async () => {
    const bad = [
      aRule({ pattern_type: 'odd', pattern_value: 7, cooldown_minutes: -1 }),
      aRule({ pattern_type: 'regex', pattern_value: '(', actions: [{ type: 'odd' }, webhook, 'none'] }),
      'no rule',
      aRule({ name: 'last', actions: [{ type: 'email', config: { priority: '${NOPE}' } }] }),
    ]
    const refused = apply(bad as object[], { variables: {} })
    expect((await faultsOf(refused)).map((fault) => fault.split(': ')[0])).toEqual(
      [
        '0.pattern_type',
        '0.pattern_value',
        '1.actions.0.type',
        '1.actions.2',
        '2',
        '1.name',
        '0.cooldown_minutes',
        '0.actions.1.config.secret',
        '0.actions.1.config.headers.X-Key',
        '1.pattern_value',
        '1.actions.1.config.secret',
        '1.actions.1.config.headers.X-Key',
        '3.actions.0.config.priority',
        '3.actions.0.config.recipients',
      ].map((path) => `configuration.rules.${path}`),
    )
  })

  it('refuses what it does not know, by name', async () => {
    const rules = [aRule({ logType: 'call', pattern_type: 'ERROR_CODE', actions: [] })]
    const refused = commands.applyConfiguration({
      configuration: { rules, silences: [] },
      managedBy: 'f',
      dryRun: true,
      prune: false,
    })
    expect(await faultsOf(refused)).toEqual([
      'configuration.rules.0.pattern_type: must be one of error_code, regex, status, threshold, system',
      'configuration.rules.0.logType: is not known here',
      'configuration.silences: is not known here',
    ])
  })

  it('says what is probably not meant', async () => {
    const { warnings } = await apply([aRule({ log_type: 'call', actions: [] })])
    expect(warnings).toEqual([expect.stringMatching(/^failures: .*call/i)])
  })
})

describe('secrets', () => {
  const secretOf = (sealed: unknown) => createSecretBox(KEY).open(String(sealed))

  it('are stored by the values of their variables, and change with them', async () => {
    await apply([aRule({ actions: [webhook] })])
    const [action] = await reads().actions(null)
    expect(secretOf(action?.config['secret'])).toBe('hush')
    expect(await detailsOf(apply([aRule({ actions: [webhook] })], { variables: { SECRET: 'new' } }))).toEqual(
      ['actions.0 (webhook): config.headers differs', 'actions.0 (webhook): config.secret differs'],
    )
    const [after] = await reads().actions(null)
    expect([after?.id, secretOf(after?.config['secret'])]).toEqual([action?.id, 'new'])
  })

  it('stay as they are where a variable holds the mask', async () => {
    await apply([aRule({ actions: [webhook] })])
    const own = { ...webhook, config: { ...webhook.config, headers: { 'X-Key': MASK } } }
    expect(await detailsOf(apply([aRule({ actions: [own] })], { variables: { SECRET: MASK } }))).toEqual([
      'actions.0 (webhook): other variables are named',
    ])
    const [action] = await reads().actions(null)
    expect(secretOf((action!.config['headers'] as Record<string, string>)['X-Key'])).toBe('key hush')
  })

  it('are kept whole where a variable within them holds the mask', async () => {
    const url = 'https://${USER}:${PASSWORD}@hooks.example.com/'
    const headers = { Authorization: 'Bearer ${TOKEN}', 'X-Team': '${USER}' }
    const config = { url, secret: 'whsec_${SECRET}', headers }
    const rules = [aRule({ actions: [{ type: 'webhook', config }] })]
    const variables = { USER: 'u', PASSWORD: 'p', TOKEN: 't', SECRET: 'aHVzaCBodXNo' }
    await apply(rules, { variables })
    const before = await reads().actions(null)
    const masks = { ...variables, PASSWORD: MASK, TOKEN: MASK, SECRET: MASK }
    expect(await told(apply(rules, { variables: masks }))).toEqual(['keep failures'])
    const moved = { ...config, url: `${url}moved`, headers: { ...headers, 'X-Team': 'blue' } }
    await apply([aRule({ actions: [{ type: 'webhook', config: moved }] })], { variables: masks })
    const [after] = await reads().actions(null)
    expect(after!.id).toBe(before[0]!.id)
    expect(openConfig(handlers.get('webhook'), after!.config, createSecretBox(KEY))).toEqual({
      url: 'https://u:p@hooks.example.com/moved',
      secret: 'whsec_aHVzaCBodXNo',
      headers: { Authorization: 'Bearer t', 'X-Team': 'blue' },
    })
  })

  it('are all that the mask can keep: a variable that holds it has no value anywhere else', async () => {
    const config = {
      // A whole part of a path may be a secret; what is made of one is none.
      url: 'https://${HOST}/of-${PATH}',
      payload: { text: 'from ${PATH}' },
      headers: { a: '${PATH}' },
    }
    const rules = [
      aRule({
        actions: [
          { type: 'webhook', config },
          { type: 'log', config: { message: '${PATH}' } },
        ],
      }),
    ]
    await apply(rules, { variables: { HOST: 'hooks.example.com', PATH: 'a' } })
    const message = 'names the variable PATH, which has no value here'
    const masked = apply(rules, { variables: { HOST: 'hooks.example.com', PATH: MASK } })
    expect(await faultsOf(masked)).toEqual([
      `configuration.rules.0.actions.0.config.url: ${message}`,
      `configuration.rules.0.actions.0.config.payload.text: ${message}`,
      `configuration.rules.0.actions.1.config.message: ${message}`,
    ])
  })

  it('are told by their variables where several actions of one type changed', async () => {
    const hook = (place: string, secret: string) => ({
      type: 'webhook',
      config: { url: `https://${place}.example.com/`, secret },
    })
    const [one, other] = [hook('one', '${ONE}'), hook('other', '${OTHER}')]
    await apply([aRule({ actions: [one, other] })], { variables: { ONE: 'first', OTHER: 'second' } })
    const moved = hook('moved', '${OTHER}')
    await apply([aRule({ actions: [moved] })], { variables: { OTHER: MASK } })
    const [action] = await reads().actions(null)
    expect(secretOf(action?.config['secret'])).toBe('second')
  })

  it('do not hide that a config has not the form of one', async () => {
    const config = { url: ['https://${SECRET}@a.example/'], headers: ['${SECRET}'] }
    const refused = apply([aRule({ actions: [{ type: 'webhook', config }] })], {
      variables: { SECRET: MASK },
    })
    expect((await faultsOf(refused)).map((fault) => fault.split(': ')[0])).toEqual([
      'configuration.rules.0.actions.0.config.url',
      'configuration.rules.0.actions.0.config.headers',
    ])
  })

  it('are written anew where they cannot be read', async () => {
    await apply([aRule({ actions: [webhook] })])
    const other = commandsOn(test.database, handlers, 'another key')
    const { changes } = await other.applyConfiguration({
      configuration: { rules: [aRule({ actions: [webhook] })] },
      variables: { SECRET: 'hush' },
      managedBy: 'giftpulse.yaml',
      dryRun: false,
      prune: true,
    })
    expect(changes[0]?.details).toEqual(['actions.0 (webhook): config differs'])
  })
})

describe('what files manage', () => {
  it('refuses every edit past them, and says which files', async () => {
    await apply([aRule()])
    const [rule] = await reads().rules(null)
    const [action] = await reads().actions(null)
    const message =
      'The rule "failures" is managed by giftpulse.yaml: change it there and run giftpulse apply.'
    const edits = [
      commands.updateRule(rule!.id, { enabled: false }),
      commands.deleteRule(rule!.id),
      commands.createAction({ ruleId: rule!.id, actionType: 'log', config: {} }),
      commands.updateAction(action!.id, { enabled: false }),
      commands.deleteAction(action!.id),
    ]
    for (const edit of edits) await expect(edit).rejects.toThrow(new ConflictError(message))
    expect(await reads().rules(null)).toEqual([rule])
  })

  it('can be edited again once it was given back', async () => {
    await apply([aRule()])
    await apply([aRule()], { managedBy: null })
    const [rule] = await reads().rules(null)
    expect((await commands.updateRule(rule!.id, { enabled: false })).rule.enabled).toBe(false)
    const exported = await commands.configuration()
    expect(exported.rules[0]).toMatchObject({
      actions: [{ type: 'log' }, { config: { secret: '${GIFTPULSE_FAILURES_WEBHOOK_SECRET}' } }],
    })
  })
})

describe('an export', () => {
  it('names by references what is secret, and leaves out what needs no saying', async () => {
    const actions = [
      { actionType: 'webhook', config: { url: 'https://u:p@a.example/', payload: { text: '${x} $${y}' } } },
      {
        actionType: 'webhook',
        config: { url: 'https://b.example/', secret: 's', headers: { 'X-Key_1': 'h' } },
      },
    ]
    await commands.createRule({ name: 'b: Störung!', patternType: 'status', patternValue: 'failed', actions })
    await commands.createRule({ name: '日本', patternType: 'regex', patternValue: 'x', cooldownMinutes: 3 })
    await commands.createRule({
      name: 'B stoerung',
      patternType: 'status',
      patternValue: 'x',
      enabled: false,
    })
    expect(await commands.configuration()).toEqual({
      receivers: [],
      rules: [
        { name: 'B stoerung', enabled: false, pattern_type: 'status', pattern_value: 'x' },
        {
          name: 'b: Störung!',
          pattern_type: 'status',
          pattern_value: 'failed',
          actions: [
            {
              type: 'webhook',
              config: {
                url: 'https://${GIFTPULSE_B_STORUNG_WEBHOOK_URL}@a.example/',
                payload: { text: '$${x} $$${y}' },
              },
            },
            {
              type: 'webhook',
              config: {
                url: 'https://b.example/',
                secret: '${GIFTPULSE_B_STORUNG_WEBHOOK_2_SECRET}',
                headers: { 'X-Key_1': '${GIFTPULSE_B_STORUNG_WEBHOOK_2_HEADERS_X_KEY_1}' },
              },
            },
          ],
        },
        { name: '日本', pattern_type: 'regex', pattern_value: 'x', cooldown_minutes: 3 },
      ],
    })
  })

  it('gives back the references by which files gave the secrets, byte for byte', async () => {
    await apply([aRule({ name: 'z' }), aRule()])
    const exported = await commands.configuration()
    expect(exported.rules[1]).toMatchObject({ actions: [{ type: 'log' }, { config: webhook.config }] })
    await apply([])
    await apply(exported.rules)
    expect(JSON.stringify(await commands.configuration())).toBe(JSON.stringify(exported))
    expect(await told(apply(exported.rules))).toEqual(['keep failures', 'keep z'])
  })
})

describe('receivers in files', () => {
  const receiver = { name: 'billing', secret: '${SECRET}', mapping: { id: 'event.id', error_code: '/code' } }

  function applyReceivers(receivers: readonly object[] | undefined, options: Options = {}) {
    return commands.applyConfiguration({
      configuration: receivers ? { receivers } : {},
      variables: { SECRET: 'hush hush' },
      managedBy: 'giftpulse.yaml',
      dryRun: false,
      prune: true,
      ...options,
    })
  }
  const standing = () => new ReceiverReads(test.database).all()

  it('are made, kept, changed by what differs, and deleted', async () => {
    await apply([aRule({ actions: [] })])
    expect(await told(applyReceivers([receiver]))).toEqual(['create billing'])
    const [made] = await standing()
    expect(made).toMatchObject({
      name: 'billing',
      managedBy: 'giftpulse.yaml',
      token: null,
      mapping: { id: 'event.id', timestamp: null, status: null, errorCode: '/code', message: null },
    })
    expect(createSecretBox(KEY).open(made!.secret!)).toBe('hush hush')
    expect(await told(applyReceivers([receiver]))).toEqual(['keep billing'])
    expect(await standing()).toEqual([made])
    const next = { ...receiver, mapping: {}, token: 'token-token', max_bytes: 300 }
    expect(await detailsOf(applyReceivers([next], { variables: { SECRET: 'another one' } }))).toEqual([
      'secret differs',
      'token differs',
      'mapping: {"id":"event.id","error_code":"/code"} -> null',
      'max_bytes: 65536 -> 300',
    ])
    const [after] = await standing()
    expect(after).toMatchObject({ id: made!.id, maxBytes: 300 })
    expect(createSecretBox(KEY).open(after!.secret!)).toBe('another one')
    expect(await told(applyReceivers([]))).toEqual(['delete billing'])
    expect((await reads().rules(null)).map(({ name }) => name)).toEqual(['failures'])
  })

  it('come back from an export byte for byte, and are released to the API', async () => {
    await applyReceivers([receiver, { name: 'a', token: 'token-token', enabled: false }])
    const exported = await commands.configuration()
    expect(exported.receivers).toEqual([
      { name: 'a', enabled: false, token: '${GIFTPULSE_RECEIVER_A_TOKEN}' },
      receiver,
    ])
    await applyReceivers([])
    const variables = { SECRET: 'hush hush', GIFTPULSE_RECEIVER_A_TOKEN: 'token-token' }
    await applyReceivers(exported.receivers, { variables })
    expect(JSON.stringify(await commands.configuration())).toBe(JSON.stringify(exported))
    const masks = { SECRET: MASK, GIFTPULSE_RECEIVER_A_TOKEN: MASK }
    expect(await told(applyReceivers(exported.receivers, { variables: masks }))).toEqual([
      'keep a',
      'keep billing',
    ])
    await applyReceivers(exported.receivers, { variables, managedBy: null })
    expect((await standing()).map(({ managedBy }) => managedBy)).toEqual([null, null])
    expect((await commands.configuration()).receivers[1]).toMatchObject({
      secret: '${GIFTPULSE_RECEIVER_BILLING_SECRET}',
    })
  })

  it('keep a secret whole where a variable within it holds the mask', async () => {
    const files = [{ ...receiver, token: 'pre-${TOKEN}' }]
    await applyReceivers(files, { variables: { SECRET: 'hush hush', TOKEN: 'token' } })
    const masks = { SECRET: 'hush hush', TOKEN: MASK }
    expect(await told(applyReceivers(files, { variables: masks }))).toEqual(['keep billing'])
    await applyReceivers([{ ...files[0], description: 'new' }], { variables: masks })
    const [after] = await standing()
    expect(createSecretBox(KEY).open(after!.token!)).toBe('pre-token')
  })

  it('are refused with every fault, as files spell it', async () => {
    const refused = applyReceivers(
      [
        { name: 'Bad Name', secret: '${NOPE}' },
        { name: 'b', maxBytes: 1, mapping: { errorCode: 'x' } },
        { name: 'b', token: MASK },
      ],
      { variables: {} },
    )
    expect(await faultsOf(refused)).toEqual([
      'configuration.receivers.2.name: is the name of receivers.1 too: files tell receivers apart by it',
      'configuration.receivers.0.secret: names the variable NOPE, which has no value here',
      'configuration.receivers.0.name: must have 1 to 64 characters of a to z, 0 to 9 and -',
      'configuration.receivers.1.mapping.errorCode: is not known here',
      'configuration.receivers.1.maxBytes: is not known here',
    ])
    expect(await faultsOf(applyReceivers([{ name: 'b', token: MASK }]))).toEqual([
      'configuration.receivers.0.token: is the mask of a secret, but no secret is stored here',
    ])
  })
})
