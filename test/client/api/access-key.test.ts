import { describe, expect, it } from 'vitest'
import {
  AccessKey,
  isPossibleKey,
  keyInFragment,
  type KeyStorage,
} from '../../../client/src/api/access-key.js'

function memory(): KeyStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
}

describe('the key in the address', () => {
  it('is found whatever characters it has', () => {
    expect(keyInFragment('#key=gp_a-b_c')).toBe('gp_a-b_c')
    expect(keyInFragment('#view=live&key=a%2Bb%26c')).toBe('a+b&c')
    expect(keyInFragment('#key=100%')).toBe('100%')
  })

  it('is missing where there is no such part', () => {
    expect(['', '#', '#key=', '#monkey=1'].map(keyInFragment)).toEqual([null, null, null, null])
  })
})

describe('a possible key', () => {
  it('has visible ASCII only, because a header carries it', () => {
    expect(['gp_x', 'two words', 'x'].map(isPossibleKey)).toEqual([true, true, true])
    expect(['', ' x', 'schlüssel', 'a\nb', '…'].map(isPossibleKey)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('the key of the tab', () => {
  it('survives a reload, and is gone after signing out', () => {
    const storage = memory()
    new AccessKey(() => storage).keep('secret-key')
    const reloaded = new AccessKey(() => storage)
    expect(reloaded.read()).toBe('secret-key')
    reloaded.forget()
    expect(reloaded.read()).toBeNull()
    expect(storage.kept.size).toBe(0)
  })

  it('lasts until the next reload where the browser forbids storage', () => {
    const key = new AccessKey(() => {
      throw new Error('SecurityError')
    })
    key.keep('secret-key')
    expect(key.read()).toBe('secret-key')
    key.forget()
    expect(key.read()).toBeNull()
  })
})
