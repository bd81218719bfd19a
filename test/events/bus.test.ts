import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Bus, MemoryBus } from '../../src/events/bus.js'
import { paced } from '../../src/logger/paced.js'
import { RedisBus } from '../../src/events/redis-bus.js'

const redisUrl = process.env.TEST_REDIS_URL
const lines: string[] = []
const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
const open: Bus[] = []
const keep = <B extends Bus>(bus: B): B => {
  open.push(bus)
  return bus
}
afterEach(async () => {
  for (const bus of open.splice(0)) await bus.close()
  lines.length = 0
})

describe('the bus within a process', () => {
  it('hands hints to every listener until it unsubscribes', async () => {
    const bus = keep(new MemoryBus())
    const [first, second] = [vi.fn(), vi.fn()]
    const unsubscribe = bus.onHint(first)
    bus.onHint(second)
    bus.publish(7)
    unsubscribe()
    await pause(0)
    bus.publish(8)
    expect(first.mock.calls).toEqual([[7]])
    expect(second.mock.calls).toEqual([[7], [8]])
  })
})

describe('the bus between processes', () => {
  it.skipIf(!redisUrl)('carries hints from one to the other (skipped without TEST_REDIS_URL)', async () => {
    const [here, there] = [keep(new RedisBus(redisUrl!, logger)), keep(new RedisBus(redisUrl!, logger))]
    const heard: number[] = []
    there.onHint((upTo) => void heard.push(upTo))
    await vi.waitFor(
      () => {
        here.publish(41)
        expect(heard).toContain(41)
      },
      { timeout: 5_000 },
    )
    expect([here.trouble(), there.trouble()]).toEqual([null, null])
  })

  it('costs a dead Redis nothing but one line in the time that lines are paced to', async () => {
    const bus = keep(new RedisBus('redis://127.0.0.1:1', paced(logger, 60_000)))
    bus.onHint(() => {})
    for (let upTo = 0; upTo < 1_000; upTo++) bus.publish(upTo)
    await vi.waitFor(() => expect(lines).not.toEqual([]))
    for (let upTo = 0; upTo < 1_000; upTo++) bus.publish(upTo)
    await pause(50)
    expect(lines).toHaveLength(1)
    expect(bus.trouble()).toContain('Redis is away')
  })
})
