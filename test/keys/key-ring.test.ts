import { afterEach, describe, expect, it, vi } from 'vitest'
import { UnavailableError } from '../../src/errors.js'
import { KeyRing } from '../../src/keys/key-ring.js'
import { newKeyText, readKeyText } from '../../src/keys/key-text.js'
import { ApiScope } from '../../src/keys/scope.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'

afterEach(() => vi.useRealTimers())

const keys = new MemoryKeys()
const text = keys.add(ApiScope.READ)
let now = 0
const aRing = () =>
  new KeyRing(
    () => keys,
    () => now,
  )

describe('a key', () => {
  it('is gp_, its id and its secret', () => {
    const key = newKeyText()
    expect(key.text).toMatch(/^gp_[0-9a-f]{32}_[\w-]{43}$/)
    expect(key.text.endsWith(key.hint)).toBe(true)
    expect(readKeyText(key.text)?.id).toBe(key.id)
  })

  it.each(['', 'gp_', `gp_${'a'.repeat(43)}`, `${text} `, text.toUpperCase(), text.slice(0, -1), `${text}a`])(
    'of another form is none, and the database is not asked: %s',
    async (wrong) => {
      const reads = keys.reads
      expect(await aRing().find(wrong)).toBeNull()
      expect(keys.reads).toBe(reads)
    },
  )

  it('opens with its whole secret only', async () => {
    const ring = aRing()
    expect(await ring.find(text)).toMatchObject({ name: 'may read', scopes: ['read'] })
    const last = text.endsWith('A') ? 'B' : 'A'
    expect(await ring.find(text.slice(0, -1) + last)).toBeNull()
    expect(await ring.find(newKeyText().text)).toBeNull()
  })
})

describe('the database', () => {
  it('is asked once a second for each key at most', async () => {
    const ring = aRing()
    const reads = keys.reads
    await Promise.all([ring.find(text), ring.find(text)])
    now += 999
    await ring.find(text)
    expect(keys.reads - reads).toBe(1)
    now += 2
    await ring.find(text)
    expect(keys.reads - reads).toBe(2)
  })

  it('is asked once for all who ask while it thinks, however long', async () => {
    let answer: (known: null) => void = () => {}
    let asked = 0
    const known = () => {
      asked += 1
      return new Promise<null>((resolve) => (answer = resolve))
    }
    const ring = new KeyRing(
      () => ({ known, noteUse: async () => {} }),
      () => now,
    )
    const first = ring.find(text)
    now += 3_000
    const second = ring.find(text)
    answer(null)
    expect([await first, await second, asked]).toEqual([null, null, 1])
  })

  it('that is away, fails or does not answer in time makes every key one that cannot be checked', async () => {
    vi.useFakeTimers()
    const noteUse = async () => {}
    const broken = { known: () => Promise.reject(new Error('connection terminated')), noteUse }
    const silent = { known: () => new Promise<never>(() => {}), noteUse }
    for (const reader of [null, broken, silent]) {
      const ring = new KeyRing(
        () => reader,
        () => now,
      )
      const found = expect(ring.find(text)).rejects.toThrow(UnavailableError)
      await vi.advanceTimersByTimeAsync(5_000)
      await found
    }
  })

  it('is asked anew after it failed', async () => {
    let isAway = true
    const ring = new KeyRing(
      () => (isAway ? null : keys),
      () => now,
    )
    await expect(ring.find(text)).rejects.toThrow(UnavailableError)
    isAway = false
    expect(await ring.find(text)).toMatchObject({ name: 'may read' })
  })
})
