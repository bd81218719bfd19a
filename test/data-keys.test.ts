import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataKeyError, ensureKey } from '../src/data-keys.js'

describe('ensureKey', () => {
  let dataDir: string

  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'giftpulse-keys-')), 'data')
  })

  afterEach(() => rm(join(dataDir, '..'), { recursive: true, force: true }))

  it('makes a long random key that only its owner can read', async () => {
    const { key, created, path } = await ensureKey(dataDir, 'api-key')
    expect(created).toBe(true)
    expect(key).toMatch(/^gp_[\w-]{43}$/)
    expect(path).toBe(join(dataDir, 'api-key'))
    expect((await readFile(path, 'utf8')).trim()).toBe(key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
  })

  it('finds the same key again', async () => {
    const first = await ensureKey(dataDir, 'secret-key')
    expect(await ensureKey(dataDir, 'secret-key')).toEqual({ ...first, created: false })
  })

  it('makes different keys for different names', async () => {
    const apiKey = await ensureKey(dataDir, 'api-key')
    const secretKey = await ensureKey(dataDir, 'secret-key')
    expect(apiKey.key).not.toContain(secretKey.key)
  })

  it('gives all of many starters the one key that one of them made', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => ensureKey(dataDir, 'api-key')))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1)
    expect(keys.filter(({ created }) => created)).toHaveLength(1)
    expect(await readdir(dataDir)).toEqual(['api-key'])
  })

  it.each(['', '\n', 'too-short\n'])('refuses to replace a file that holds %j', async (text) => {
    const { path } = await ensureKey(dataDir, 'secret-key')
    await writeFile(path, text)
    await expect(ensureKey(dataDir, 'secret-key')).rejects.toThrow(DataKeyError)
    expect(await readFile(path, 'utf8')).toBe(text)
  })
})
