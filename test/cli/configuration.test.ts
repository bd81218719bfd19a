import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CliRun, runCli } from '../fixtures/cli.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { aDirectory, endProducts, type Product, productKey, readyProduct } from '../fixtures/product.js'

// Several processes one after another.
vi.setConfig({ testTimeout: 90_000 })

let product: Product
let database: Awaited<ReturnType<typeof aProductDatabase>>
let folder: string

beforeAll(async () => {
  database = await aProductDatabase()
  product = await readyProduct({ env: { ...database.env, DEMO: 'false' } })
})
afterAll(async () => {
  await endProducts()
  await database.drop()
})
beforeEach(async () => {
  folder = aDirectory()
  for (const managedBy of ['giftpulse.yaml', 'rules'])
    await product.graphql(
      'mutation ($managedBy: String) { applyConfiguration(configuration: { rules: [], receivers: [] }, managedBy: $managedBy, prune: true) { dryRun } }',
      { managedBy },
    )
  const { rules } = await product.graphql<{ rules: { id: string }[] }>('{ rules { id } }')
  for (const { id } of rules)
    await product.graphql('mutation ($id: ID!) { deleteRule(id: $id) { id } }', { id })
})

const secrets = { OPS_SECRET: 'hush', OPS_TOKEN: 'token', OPS_SECRET_LONG: 'hush hush' }

function giftpulse(...parameters: string[]): Promise<CliRun> {
  return runCli(parameters, {
    cwd: folder,
    env: { GIFTPULSE_URL: product.url, API_KEY: productKey, ...secrets },
  })
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

const FAILURES = `rules:
  - name: failures
    pattern_type: status
    pattern_value: failed
    actions:
      - type: log
      - type: webhook
        config:
          url: https://\${OPS_TOKEN}@hooks.example.com/
          secret: \${OPS_SECRET}
          headers:
            X-Token: Token \${OPS_TOKEN}
          payload:
            text: "costs $\${5}: {{alert.summary}}"
`

const RECEIVER = `receivers:
  - name: billing
    secret: \${OPS_SECRET_LONG}
    mapping:
      error_code: fault.code
`

describe('giftpulse diff and apply', () => {
  it('show, make and keep what the file says', async () => {
    write('giftpulse.yaml', FAILURES)
    const plan = '+ rule "failures"\n    status, 2 actions\n'
    expect(await giftpulse('diff', '--exit-code')).toEqual({
      code: 3,
      out: `${plan}1 to create, 0 unchanged.\n`,
      err: '',
    })
    expect(await giftpulse('apply')).toEqual({ code: 0, out: `${plan}1 created, 0 unchanged.\n`, err: '' })
    expect(await giftpulse('diff', '--exit-code')).toEqual({
      code: 0,
      out: 'Nothing differs: 1 as the files say.\n',
      err: '',
    })
    write('giftpulse.yaml', FAILURES.replace('failed', 'failed,undelivered'))
    expect(await giftpulse('diff')).toMatchObject({
      out: '~ rule "failures"\n    pattern_value: "failed" -> "failed,undelivered"\n1 to change, 0 unchanged.\n',
    })
  })

  it('print one JSON document', async () => {
    write(
      'giftpulse.yaml',
      FAILURES.replace('pattern_type: status', 'log_type: call\n    pattern_type: status'),
    )
    const { out, err } = await giftpulse('apply', '--json')
    expect(JSON.parse(out)).toEqual({
      changes: [{ kind: 'RULE', name: 'failures', action: 'CREATE', details: ['status, 2 actions'] }],
      warnings: [],
    })
    expect(err).toBe('')
  })

  it('read a folder, and delete what it has no longer where that is asked for', async () => {
    mkdirSync(join(folder, 'rules', 'more'), { recursive: true })
    write('rules/b.yaml', 'rules: [{ name: b, pattern_type: error_code, pattern_value: 30001 }]')
    write(
      'rules/more/a.json',
      '{ "rules": [{ "name": "a", "pattern_type": "regex", "pattern_value": "x" }] }',
    )
    write('rules/notes.txt', 'no rule')
    expect((await giftpulse('apply', 'rules')).out).toMatch(/2 created/)
    const { rules } = await product.graphql<{ rules: object[] }>('{ rules { name managedBy } }')
    expect(rules).toEqual([
      { name: 'b', managedBy: 'rules' },
      { name: 'a', managedBy: 'rules' },
    ])
    write('rules/b.yaml', '')
    expect((await giftpulse('apply', 'rules')).out).toBe(
      '  rule "b"\n    no longer in the files, and not pruned\nNothing differs: 2 as the files say.\n',
    )
    expect((await giftpulse('apply', 'rules', '--prune')).out).toBe(
      '- rule "b"\n    no longer in the files\n1 deleted, 1 unchanged.\n',
    )
  })

  it('delete nothing of other files that happen to be called the same', async () => {
    const rule = (name: string) => `{ name: ${name}, pattern_type: error_code, pattern_value: 30001 }`
    write('giftpulse.yaml', `rules: [${rule('of both')}, ${rule('of a')}]`)
    await giftpulse('apply')
    // Even one name in common says nothing of the others.
    write('giftpulse.yaml', `rules: [${rule('of both')}]`)
    expect((await giftpulse('apply')).out).toMatch(
      / {2}rule "of a"\n {4}no longer in the files, and not pruned/,
    )

    write('giftpulse.yaml', `rules: [${rule('of b')}]`)
    const refused = await giftpulse('apply', '--prune')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(
      /giftpulse\.yaml manages "of both", "of a" here, and these files have none of it/,
    )
    expect(await giftpulse('apply', '--no-prune', '--prune-all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot both be meant') as string,
    })
    expect((await giftpulse('apply', '--as', 'team-b')).out).toBe(
      '+ rule "of b"\n    error_code, 0 actions\n1 created, 0 unchanged.\n',
    )
    write('team-b.yaml', 'rules: []')
    expect((await giftpulse('apply', 'team-b.yaml', '--as', 'team-b')).out).toMatch(/1 deleted/)
  })

  it('tell each fault by its place, and write nothing', async () => {
    write('giftpulse.yaml', `${FAILURES}  - name: failures\n    pattern_type: odd\n`)
    const odd = await giftpulse('apply')
    expect(odd).toMatchObject({ code: 2, out: '' })
    expect(odd.err).toMatch(/giftpulse\.yaml:16:19: pattern_type must be one of error_code/)
    write('giftpulse.yaml', `${FAILURES}  - name: failures\n    pattern_type: threshold\n`)
    const { err } = await giftpulse('apply')
    expect(err).toMatch(/giftpulse\.yaml:15:11: name is the name of giftpulse\.yaml:2:5 too/)
    expect(err).toMatch(/giftpulse\.yaml:15:5: threshold_count must be a whole number/)
    write('giftpulse.yaml', 'silences: []\n')
    expect((await giftpulse('apply')).err).toMatch(/giftpulse\.yaml:1:1: "silences" is not known here/)
    write('giftpulse.yaml', FAILURES.replace('OPS_SECRET', 'UNSET_ONE').replace('OPS_TOKEN', 'UNSET_TWO'))
    expect(await giftpulse('apply')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/variables that are not set: UNSET_TWO, UNSET_ONE\./),
    })
    expect(await product.graphql('{ rules { id } }')).toEqual({ rules: [] })
  })

  it('keep the secrets that are stored where their variables are not set', async () => {
    write('giftpulse.yaml', FAILURES)
    await giftpulse('apply')
    const withoutSecrets = (command: string) =>
      runCli([command, '--keep-secrets', '--json'], {
        cwd: folder,
        env: { GIFTPULSE_URL: product.url, API_KEY: productKey },
      })
    const { out } = await withoutSecrets('apply')
    expect(JSON.parse(out)).toMatchObject({ changes: [{ action: 'KEEP' }] })
    write('giftpulse.yaml', FAILURES.replace('costs ', 'costs ${OPS_TOKEN} '))
    expect(await withoutSecrets('apply')).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /giftpulse\.yaml:14:19: actions\.1\.config\.payload\.text names the variable OPS_TOKEN, which has no value here/,
      ),
    })
  })
})

describe('what files manage', () => {
  const rename = (id: string) =>
    product.graphql('mutation ($id: ID!) { updateRule(id: $id, input: { name: "x" }) { rule { name } } }', {
      id,
    })

  it('refuses edits until it is released', async () => {
    write('giftpulse.yaml', FAILURES)
    await giftpulse('apply')
    const { rules } = await product.graphql<{ rules: { id: string; actions: object[] }[] }>(
      '{ rules { id managedBy actions { managedBy } } }',
    )
    expect(rules).toMatchObject([
      {
        managedBy: 'giftpulse.yaml',
        actions: [{ managedBy: 'giftpulse.yaml' }, { managedBy: 'giftpulse.yaml' }],
      },
    ])
    const id = rules[0]!.id
    await expect(rename(id)).rejects.toThrow(/managed by giftpulse\.yaml.*"code":"CONFLICT"/)
    expect((await giftpulse('apply', '--release')).out).toMatch(/is managed by giftpulse\.yaml no longer/)
    expect(await rename(id)).toEqual({ updateRule: { rule: { name: 'x' } } })
  })
})

describe('giftpulse export', () => {
  it('comes back byte for byte from an empty product, secrets and all', async () => {
    write('giftpulse.yaml', `${FAILURES}${RECEIVER}`)
    await giftpulse('apply')
    const exported = await giftpulse('export')
    expect(exported).toMatchObject({
      code: 0,
      err: 'Before apply set OPS_TOKEN, OPS_SECRET, OPS_SECRET_LONG.\n',
    })
    expect(exported.out).toContain('X-Token: Token ${OPS_TOKEN}')
    write('giftpulse.yaml', 'rules: []\nreceivers: []\n')
    expect((await giftpulse('apply', '--prune')).out).toMatch(/2 deleted/)
    write('giftpulse.yaml', exported.out)
    expect((await giftpulse('apply')).out).toMatch(/2 created/)
    expect(await giftpulse('export')).toEqual(exported)
  })

  it('takes over what was made by hand, with the secrets that it names', async () => {
    const input = {
      name: 'by hand',
      patternType: 'REGEX',
      patternValue: 'timed? out',
      actions: [{ actionType: 'WEBHOOK', config: { url: 'https://hooks.example.com/', secret: 's' } }],
    }
    await product.graphql(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
      {
        input,
      },
    )
    const named = await giftpulse('export', '-o', 'giftpulse.yaml')
    expect(named).toEqual({ code: 0, out: '', err: 'Before apply set GIFTPULSE_BY_HAND_WEBHOOK_SECRET.\n' })
    const exported = readFileSync(join(folder, 'giftpulse.yaml'), 'utf8')
    const applied = await giftpulse('apply', '--keep-secrets')
    expect(applied.out).toBe(
      `~ rule "by hand"\n    actions.0 (webhook): other variables are named\n    is managed by giftpulse.yaml from now on\n1 changed, 0 unchanged.\n`,
    )
    expect((await giftpulse('export')).out).toBe(exported)
  })

  it('writes over no file by itself', async () => {
    write('giftpulse.yaml', 'API_PORT: 1\n')
    expect(await giftpulse('export', '-o', 'giftpulse.yaml')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is there already/),
    })
    expect(await giftpulse('export', '-o', 'giftpulse.yaml', '--force')).toMatchObject({ code: 0 })
  })

  it('prints JSON too', async () => {
    expect(await giftpulse('export', '--json')).toEqual({
      code: 0,
      out: '{\n  "rules": [],\n  "receivers": []\n}\n',
      err: '',
    })
  })
})
