import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Which part of `src/` may import which: each only from parts that stand above it, so there can be no circle. A part is a folder,
 * or a file beside the folders. What stands in no row (`app.ts`, `pipeline.ts`, `main.ts` and what they are started with) knows
 * the others and is known to none of them.
 */
const mayImport = table({
  errors: '',
  // Phone numbers as they may be shown.
  privacy: '',
  version: '',
  logger: 'privacy',
  metrics: '',
  // Rests in long work.
  pace: '',
  // The keys that an installation makes for itself.
  'data-keys': '',

  // The path of data. A step knows the nouns handed to it, and never the step after it.
  sources: 'privacy pace',
  ingest: 'sources pace',
  rules: 'sources',
  alerts: 'sources rules pace',
  // What a rule would have done: a step that only looks back.
  preview: 'sources rules alerts pace',
  // What is wrong with the product itself.
  watch: 'sources rules',
  actions: 'sources rules alerts logger privacy',

  // What comes in by webhooks, on its way to being ingested. It checks signatures as actions make them.
  inbox: 'sources actions',

  // Who may ask, and for what.
  keys: '',

  // Who changed what.
  audit: '',

  // What a person or a script may ask for.
  commands: 'sources rules preview actions inbox keys audit privacy',

  // One technology each: they implement what the steps declare, or call it.
  config: 'logger',
  jobs: 'sources',
  events: 'sources rules alerts actions logger',
  http: 'sources watch inbox keys audit logger',
  store:
    'sources ingest rules alerts preview watch actions inbox keys audit commands events logger metrics privacy',
  // `http` for who is asking, and for what the server mounts.
  graphql:
    'sources rules alerts preview watch actions inbox keys audit commands events store http logger privacy',
  rest: 'sources rules alerts actions keys audit commands store http privacy',

  // A Twilio of its own, and rules for it.
  demo: 'sources rules actions',

  // A client of the public API. What it imports beyond the configuration it needs to start, to migrate, to check and to describe.
  cli: 'version data-keys sources actions commands config jobs events store logger',
})

/** Names of failures that clients may see: for everyone. */
const forEveryone = 'errors'

/** Where each outside library is at home. */
const homes = table({
  logger: 'pino pino-pretty',
  sources: 'libphonenumber-js twilio',
  rules: 're2js',
  actions: 'ipaddr.js mustache nodemailer standardwebhooks undici',
  config: 'yaml',
  jobs: 'agenda @agendajs/mongo-backend @agendajs/postgres-backend @agendajs/redis-backend mongodb',
  events: 'graphql-redis-subscriptions graphql-subscriptions ioredis',
  http: 'express rate-limiter-flexible',
  metrics: 'prom-client',
  store: '@electric-sql/pglite pg typeorm uuid',
  graphql:
    '@apollo/server @as-integrations/express5 @escape.tech/graphql-armor-max-aliases dataloader ' +
    'graphql graphql-scalars graphql-ws type-graphql ws',
  cli: 'cli-progress commander picocolors',
})

/** Libraries that more than one part needs, and why. */
const shared = table({
  // The one language in which shapes of outside data are written.
  zod: 'config commands actions rest',
  // One end of the socket each.
  'graphql-ws': 'graphql cli',
  ws: 'graphql cli',
  // Must be loaded before the first decorator, whichever way that is reached: from the start, or by `npm run schema`.
  'reflect-metadata': 'main graphql',
})

interface Import {
  readonly file: string
  readonly part: string
  /** A part of `src/`, or the name of a package. */
  readonly target: string
  readonly isPackage: boolean
}

describe('the parts of src/', () => {
  it('import only what the design lets them', () => {
    const astray = importsOf('src').filter(
      ({ part, target, isPackage }) =>
        !isPackage && target !== forEveryone && part in mayImport && !mayImport[part]?.includes(target),
    )
    expect(astray.map(inWords)).toEqual([])
  })

  it('stand below everything that they may import, so that there is no circle', () => {
    const order = Object.keys(mayImport)
    const upwards = order.flatMap((part, place) =>
      (mayImport[part] ?? []).filter((target) => order.indexOf(target) >= place || !(target in mayImport)),
    )
    expect(upwards).toEqual([])
  })

  it('all have their place in the design', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => !(name in mayImport))).toEqual([])
  })

  it('keep each outside library in one of them', () => {
    const astray = importsOf('src').filter(
      ({ part, target, isPackage }) =>
        isPackage && !homes[part]?.includes(target) && !shared[target]?.includes(part),
    )
    expect(astray.map(inWords)).toEqual([])
  })
})

/** Folders in which an `index.ts` lists the extensions that there are. */
const lists = new Set(['src/actions', 'src/rules', 'src/store/migrations', 'src/store/rows'])

/** What a tool wrote, in its own style. */
const generated = new Set(['client/src/api/documents.ts'])

describe('the sources', () => {
  const written = ['src', 'bin', 'test', 'client/src', 'bench', 'scripts']
    .flatMap(filesUnder)
    .filter((file) => !generated.has(file))

  it('have no drawer for odds and ends', () => {
    const drawer = /(^|\/)(utils?|helpers?|common|types|misc|services?)(\.[jt]s|\/)/
    expect(written.filter((file) => drawer.test(file))).toEqual([])
  })

  it('have an index only where a list of extensions lives', () => {
    const indexes = written.filter((file) => /^index\.[jt]s$/.test(basename(file)))
    expect(indexes.map(dirname).filter((folder) => !lists.has(folder))).toEqual([])
  })

  it('are named in kebab-case', () => {
    const odd = written.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(file)))
    expect(odd).toEqual([])
  })

  it.each([
    ['leave nothing to be done later', /\b(TODO|FIXME|XXX|HACK)\b/],
    ['leave out or single out no test', /\b(describe|it|test)\.(skip|only|todo)\b|\b[fx](describe|it)\(/],
    ['silence no compiler', /@ts-(ignore|expect-error|nocheck)\b/],
  ])('%s', (_, pattern) => {
    expect(placesOf(pattern, written, (text) => text)).toEqual([])
  })

  it('give nothing the type any', () => {
    const pattern = /[:<|&(,]\s*any\s*(\[\]|[>;,)=|&{\n])|\bas any\b/
    expect(placesOf(pattern, written, withoutWords)).toEqual([])
  })
})

function table(rows: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(rows).map(([name, words]) => [name, words.split(' ').filter(Boolean)]),
  )
}

function importsOf(folder: string): Import[] {
  return filesUnder(folder).flatMap((file) =>
    specifiersIn(readFileSync(file, 'utf8'))
      .filter((specifier) => !specifier.startsWith('node:'))
      .map((specifier) => toImport(file, specifier))
      .filter(({ part, target }) => part !== target),
  )
}

const STATEMENT = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'/g

function specifiersIn(text: string): string[] {
  return [...text.matchAll(STATEMENT), ...text.matchAll(DYNAMIC)].flatMap(
    ([, from, bare]) => from ?? bare ?? [],
  )
}

function toImport(file: string, specifier: string): Import {
  const part = partOf(file)
  if (specifier.startsWith('.'))
    return { file, part, target: partOf(normalize(join(dirname(file), specifier))), isPackage: false }
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1)
  return { file, part, target: name.join('/'), isPackage: true }
}

/** `src/rules/rule.ts` and `src/rules/rule.js` belong to `rules`, `src/errors.ts` is `errors`. */
function partOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.[jt]s$/, '')
}

function inWords({ file, target }: Import): string {
  return `${file} imports ${target}`
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[jt]sx?$/.test(entry.name))
    .map((entry) => normalize(join(entry.parentPath, entry.name)))
    .sort()
}

/** Lines that the pattern finds, as `file:line`. This file names what it looks for, so it is left out. */
function placesOf(pattern: RegExp, files: readonly string[], prepare: (text: string) => string): string[] {
  return files
    .filter((file) => file !== 'test/architecture.test.ts')
    .flatMap((file) =>
      prepare(readFileSync(file, 'utf8'))
        .split('\n')
        .flatMap((line, index) => (pattern.test(`${line}\n`) ? [`${file}:${index + 1}`] : [])),
    )
}

/** Code without its comments and texts, whose words mean nothing to the compiler; the lines stay where they are. */
function withoutWords(text: string): string {
  const kept = (found: string) => found.replaceAll(/[^\n]/g, '')
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, kept)
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, `''`)
    .replaceAll(/\/\/.*$/gm, '')
}
