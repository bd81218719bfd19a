import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, isEnumType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { isSettingKey } from '../../src/config/setting-keys.js'
import type { ErrorCode } from '../../src/errors.js'
import { SystemCondition } from '../../src/rules/system-condition.js'
import { anchorsOf, linksOf, pages } from './markdown.js'

/** Names in capitals that are no settings. */
const otherNames = new Set<string>([
  ...(['BAD_USER_INPUT', 'NOT_FOUND', 'RATE_LIMITED', 'COMPLEXITY_LIMIT'] satisfies ErrorCode[]),
  ...(['CURSOR_EXPIRED', 'INTERNAL_SERVER_ERROR'] satisfies ErrorCode[]),
  ...Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap())
    .filter(isEnumType)
    .flatMap((type) => type.getValues().map(({ name }) => name)),
  ...Object.values(SystemCondition),
  // What the compose file asks for, what tests take, what the scripts on these pages read.
  ...[...readFileSync('docker-compose.yml', 'utf8').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? ''),
  'TEST_DATABASE_URL',
  'TEST_REDIS_URL',
  'GIFTPULSE_URL',
  'WEBHOOK_SECRET',
  'NO_COLOR',
  'MODEL_RUNS',
  'FAULTS_SEED',
  'MODEL_SEED',
  'MODEL_PATH',
  // Variables that the files on these pages name.
  'OPS_HOOK_SECRET',
  'BILLING_TOKEN',
  // What the script of docs/webhooks.md is given.
  'RECEIVER_URL',
  'RECEIVER_SECRET',
  // Stands for the name of any secret setting.
  'NAME_FILE',
])

describe.each(pages)('$path', (page) => {
  it('links only to what is there', () => {
    const broken = linksOf(page).filter((link) => {
      const [path = '', anchor] = link.split('#')
      if (!existsSync(path)) return true
      return anchor !== undefined && !anchorsOf(readFileSync(path, 'utf8')).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('names only settings that there are', () => {
    const names = page.text.match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g) ?? []
    const unknown = names.filter((name) => !isSettingKey(name) && !otherNames.has(name))
    expect([...new Set(unknown)]).toEqual([])
  })

  it('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }
    const named = [...page.text.matchAll(/npm run ([a-z][a-z:]*)/g)].map(([, name]) => name ?? '')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe('a picture in docs/screenshots', () => {
  const shown = new Set(pages.flatMap(linksOf))
  const settings = readFileSync('client/src/pages/settings/page.tsx', 'utf8')
  const dashboardPages = [
    ...readdirSync('client/src/pages').map((name) => (name === 'graphiql' ? 'explorer' : name)),
    ...[...settings.matchAll(/path: '\/settings\/([a-z-]+)'/g)].map(([, name = '']) => name),
    // What opens on them, and what stands beside them.
    'log',
    'alert',
    'rule',
    'stored-rule',
    'receiver',
    'sign-in',
    'docs',
  ]

  it.each(dashboardPages)('there is one of %s on a desktop, and one on a phone', (name) => {
    const wanted = ['desktop', 'phone'].map((screen) => `docs/screenshots/${name}-${screen}.png`)
    expect(wanted.filter((path) => !existsSync(path))).toEqual([])
  })

  it.each(readdirSync('docs/screenshots'))('%s is shown in a document', (name) => {
    expect(shown).toContain(`docs/screenshots/${name}`)
  })
})

describe('the map of the source in README.md', () => {
  const readme = readFileSync('README.md', 'utf8')
  const rows = [...readme.matchAll(/^\| `([a-z]+)` +\|.*\| `([a-z-]+\.ts)` +\|$/gm)].map(
    ([, folder = '', file = '']) => ({ folder, file }),
  )

  it('has every folder of src/', () => {
    const folders = readdirSync('src').filter((name) => statSync(join('src', name)).isDirectory())
    expect(rows.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted())
  })

  it('names a file to begin with that is there', () => {
    const missing = rows.filter(({ folder, file }) => !existsSync(join('src', folder, file)))
    expect(missing).toEqual([])
  })
})
