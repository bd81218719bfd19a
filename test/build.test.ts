import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const run = promisify(execFile)

// Each compiles, some of them again and again.
vi.setConfig({ testTimeout: 120_000 })

describe('scripts/build.js', () => {
  let project: string

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'giftpulse-build-'))
    for (const folder of ['src/words', 'scripts', 'node_modules'])
      mkdirSync(join(project, folder), { recursive: true })
    cpSync('scripts/build.js', join(project, 'scripts/build.js'))
    symlinkSync(resolve('node_modules/typescript'), join(project, 'node_modules/typescript'))
    write('package.json', '{ "type": "module" }')
    write('package-lock.json', '{}')
    // Of a language without a browser's words: to read those takes longer than all else here.
    write(
      'tsconfig.json',
      '{ "compilerOptions": { "module": "NodeNext", "strict": true, "types": [], "lib": ["ES2015"], "skipLibCheck": true } }',
    )
    write(
      'tsconfig.build.json',
      '{ "extends": "./tsconfig.json", "compilerOptions": { "rootDir": "src" }, "include": ["src"] }',
    )
    write('src/main.ts', 'export const answer: number = 1\n')
    write('src/words/list.json', '["a"]')
  })

  afterEach(() => rmSync(project, { recursive: true, force: true }))

  const write = (path: string, text: string): void => writeFileSync(join(project, path), text)
  const read = (path: string): string => readFileSync(join(project, path), 'utf8')
  const build = (...parameters: string[]) =>
    run(process.execPath, [join(project, 'scripts/build.js'), ...parameters])
  const leftBehind = (): string[] => readdirSync(join(project, 'node_modules/.cache/giftpulse'))

  it('compiles the sources and takes data files along', async () => {
    await build()
    expect(read('dist/main.js')).toContain('answer = 1')
    expect(read('dist/words/list.json')).toBe('["a"]')
    expect(leftBehind()).toEqual([])
  })

  it('with --if-stale builds again only after a change of what is in the sources', async () => {
    await build('--if-stale')
    const built = statSync(join(project, 'dist')).ino
    write('src/main.ts', read('src/main.ts'))
    expect((await build('--if-stale')).stdout).toBe('')
    expect(statSync(join(project, 'dist')).ino).toBe(built)
    write('src/words/list.json', '["b"]')
    rmSync(join(project, 'src/main.ts'))
    write('src/start.ts', 'export const answer = 2\n')
    await build('--if-stale')
    expect(read('dist/words/list.json')).toBe('["b"]')
    expect(existsSync(join(project, 'dist/main.js'))).toBe(false)
  })

  it('keeps the last good build when the sources have a fault', async () => {
    await build()
    write('src/main.ts', 'export const answer: number = "one"\n')
    await expect(build('--if-stale')).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('src/main.ts') as string,
      stderr: expect.stringContaining('The build failed: tsc found the faults above') as string,
    })
    expect(read('dist/main.js')).toContain('answer = 1')
    expect(leftBehind()).toEqual([])
  })

  it('leaves one whole build behind when several run at once', async () => {
    await Promise.all([build(), build(), build('--if-stale')])
    expect(read('dist/main.js')).toContain('answer = 1')
    expect(read('dist/.build')).toMatch(/^[0-9a-f]{64}$/)
    expect(leftBehind()).toEqual([])
    expect((await build('--if-stale')).stdout).toBe('')
  })
})
