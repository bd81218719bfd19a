import { execFile } from 'node:child_process'
import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { aServerDatabase, testServer } from '../fixtures/empty-database.js'
import { endProducts, readyProduct, startProduct } from '../fixtures/product.js'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 })

const run = promisify(execFile)

interface Instruction {
  readonly name: string
  readonly text: string
}

/** The instructions of each stage, lines that go on put together. */
function stagesOf(dockerfile: string): Instruction[][] {
  const stages: Instruction[][] = []
  for (const line of dockerfile.replaceAll('\\\n', ' ').split('\n')) {
    const [, name, text] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? []
    if (name === undefined || text === undefined) continue
    if (name === 'FROM') stages.push([])
    else stages.at(-1)?.push({ name, text })
  }
  return stages
}

const [buildStage = [], finalStage = []] = stagesOf(readFileSync('Dockerfile', 'utf8'))
const textOf = (name: string): string => finalStage.findLast((one) => one.name === name)?.text ?? ''

/** A user without any rights here, as `node` is in the image. */
const user = 10_001

// Installing everything anew takes its time, so it is left to where there are services; only root can start a process as another user.
const isWanted = Boolean(testServer) && process.getuid?.() === 0

describe.skipIf(!isWanted)(
  'the image, made without Docker (skipped without TEST_DATABASE_URL, and unless root)',
  () => {
    /** What would be the image's root directory. */
    let image: string
    let data: string

    beforeAll(async () => {
      const place = mkdtempSync(join(tmpdir(), 'giftpulse-image-'))
      const build = join(place, 'build')
      image = join(place, 'image')
      data = join(image, 'data')
      for (const { name, text } of buildStage) {
        if (name === 'COPY') copy(text, process.cwd(), join(build, 'app'))
        if (name === 'RUN') await shell(text, join(build, 'app'))
      }
      for (const { name, text } of finalStage) {
        if (name !== 'COPY') continue
        const { from, rest } = /^(?:--from=(?<from>\S+)\s+)?(?<rest>.*)$/.exec(text)?.groups ?? {}
        if (from === undefined) copy(rest ?? '', process.cwd(), join(image, 'app'))
        else copy(rest ?? '', build, join(image, 'app'))
      }
      // In the image this is `install -d -o node`.
      mkdirSync(data, { mode: 0o700 })
      chownSync(data, user, user)
      // mkdtemp lets only its maker in.
      await run('chmod', ['755', place])
    })
    afterEach(endProducts)
    afterAll(() => {
      if (image) rmSync(join(image, '..'), { recursive: true, force: true })
    })

    it('holds no tool that only the build needs', () => {
      const packages = readdirSync(join(image, 'app', 'node_modules'))
      expect(packages).toContain('express')
      for (const tool of ['typescript', 'vite', 'vitest', 'oxlint']) expect(packages).not.toContain(tool)
      expect(readdirSync(join(image, 'app')).sort()).toEqual([
        'LICENSE',
        'bin',
        'dist',
        'node_modules',
        'package.json',
      ])
    })

    it('starts as a user who can write nothing but the data, serves the page, and stops', async () => {
      const database = await aServerDatabase(testServer ?? '')
      try {
        const before = stateOf(join(image, 'app'))
        const product = await readyProduct({
          main: join(image, 'app', 'dist', 'main.js'),
          user,
          env: environment(database.url),
        })
        // Right after the start Redis may still be on its way.
        await expect
          .poll(() => product.graphql<object>('{ health { status demo } }'), { timeout: 20_000 })
          .toEqual({ health: { status: 'ok', demo: false } })
        expect(await product.status('/')).toBe(200)
        await expectHealthy(product.url)
        expect(await product.stop()).toEqual({ code: 0, signal: null })
        expect(stateOf(join(image, 'app'))).toEqual(before)
      } finally {
        await database.drop()
      }
    })

    it('refuses to listen to everybody without a key', async () => {
      const product = startProduct({
        main: join(image, 'app', 'dist', 'main.js'),
        user,
        env: { ...environment(), API_KEY: undefined },
      })
      expect(await product.ended).toEqual({ code: 1, signal: null })
      expect(product.errorLines.join('\n')).toContain('API_KEY is not set')
    })

    /** What the image sets, on services where there are any. */
    function environment(databaseUrl?: string): Record<string, string | undefined> {
      const set = textOf('ENV')
        .split(/\s+/)
        .map((pair) => pair.split('=', 2) as [string, string])
      return {
        ...Object.fromEntries(set),
        API_PORT: '0',
        DATA_DIR: data,
        DEMO: 'false',
        DATABASE_URL: databaseUrl,
        REDIS_URL: process.env.TEST_REDIS_URL,
      }
    }

    /** Asks as the image's own health check does. */
    async function expectHealthy(url: string): Promise<void> {
      const command = JSON.parse(textOf('HEALTHCHECK').replace(/^.*?CMD /, '')) as [string, ...string[]]
      expect(command[0]).toBe('node')
      await run(process.execPath, command.slice(1), { env: { API_PORT: new URL(url).port } })
    }
  },
)

/** `COPY a b target`: into a folder where the target is one, a folder's content where the source is one. */
function copy(parameters: string, from: string, workdir: string): void {
  const names = parameters.split(/\s+/)
  const target = join(workdir, names.pop() ?? '')
  for (const name of names) {
    const source = join(from, name)
    const isInto = parameters.endsWith('/') && statSync(source).isFile()
    cpSync(source, isInto ? join(target, name.split('/').at(-1) ?? '') : target, { recursive: true })
  }
}

/** A RUN line; what npm has in its cache is not asked for again. */
async function shell(command: string, workdir: string): Promise<void> {
  const { PATH, HOME } = process.env
  const npm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' }
  await run('sh', ['-c', command], { cwd: workdir, env: { PATH, HOME, ...npm }, maxBuffer: 2 ** 26 })
}

/** Every file with its size and the time of its last change. */
function stateOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name))
    return `${name} ${size} ${mtimeMs}`
  })
}
