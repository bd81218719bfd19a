import { describe, expect, it, vi } from 'vitest'
import { readAfresh } from '../../src/store/read-afresh.js'

/** Readings that end when the test says so. */
function someReadings() {
  const begun: PromiseWithEnd[] = []
  const read = readAfresh(() => {
    const reading = aPromiseWithEnd()
    begun.push(reading)
    return reading.promise
  })
  /** The reading with this number, from 1, once it has begun. */
  const reading = (number: number) =>
    vi.waitFor(() => begun[number - 1] ?? expect.fail('it has not begun'), { interval: 1 })
  return { read, reading, begun }
}

interface PromiseWithEnd {
  readonly promise: Promise<string>
  readonly end: (value: string) => void
  readonly fail: (failure: Error) => void
}

function aPromiseWithEnd(): PromiseWithEnd {
  let end: PromiseWithEnd['end'] = () => undefined
  let fail: PromiseWithEnd['fail'] = () => undefined
  const promise = new Promise<string>((resolve, reject) => ([end, fail] = [resolve, reject]))
  return { promise, end, fail }
}

describe('a reading that is shared', () => {
  it('answers all who asked before it began', async () => {
    const { read, reading, begun } = someReadings()
    const answers = Promise.all([read(), read(), read()])
    const first = await reading(1)
    first.end('once')
    expect(await answers).toEqual(['once', 'once', 'once'])
    expect(begun).toHaveLength(1)
  })

  it('does not answer those who ask while it runs: they share the next, which begins after its end', async () => {
    const { read, reading, begun } = someReadings()
    const early = read()
    const first = await reading(1)
    const late = [read(), read()]
    first.end('before the question')
    expect(await early).toBe('before the question')
    const second = await reading(2)
    second.end('after it')
    expect(await Promise.all(late)).toEqual(['after it', 'after it'])
    expect(begun).toHaveLength(2)
  })

  it('never runs beside another, however many ask', async () => {
    let running = 0
    let most = 0
    const read = readAfresh(async () => {
      most = Math.max(most, (running += 1))
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
    })
    const asked: Promise<void>[] = []
    for (let round = 0; round < 20; round += 1) {
      asked.push(read())
      await Promise.resolve()
    }
    await Promise.all(asked)
    expect(most).toBe(1)
  })

  it('is kept for nobody: who asks after its end has one of their own', async () => {
    let count = 0
    const read = readAfresh(() => Promise.resolve((count += 1)))
    expect([await read(), await read()]).toEqual([1, 2])
  })

  it('fails those who asked for it and nobody else', async () => {
    const { read, reading } = someReadings()
    const failing = [read(), read()].map((asked) => expect(asked).rejects.toThrow('away'))
    const first = await reading(1)
    const waiting = read()
    first.fail(new Error('away'))
    await Promise.all(failing)
    const second = await reading(2)
    second.end('back')
    expect(await waiting).toBe('back')
  })

  it('fails once where it cannot even begin, and is tried anew for the next', async () => {
    let isAway = true
    const read = readAfresh(() => {
      if (isAway) throw new Error('away')
      return Promise.resolve('back')
    })
    await expect(read()).rejects.toThrow('away')
    isAway = false
    expect(await read()).toBe('back')
  })
})
