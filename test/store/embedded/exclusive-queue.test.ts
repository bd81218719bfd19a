import { setImmediate as nextTick } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ExclusiveQueue, type Turn } from '../../../src/store/embedded/exclusive-queue.js'

interface Client {
  readonly name: string
}

const ann: Client = { name: 'ann' }
const bob: Client = { name: 'bob' }

/** A queue whose tasks write down when they begin and end. */
function aQueue() {
  const story: string[] = []
  const causes: unknown[] = []
  const queue = new ExclusiveQueue<Client>((cause) => causes.push(cause))
  const want = (client: Client, what: string, turn: Turn = 'free') =>
    queue.enqueue(client, async () => {
      story.push(`${client.name} begins ${what}`)
      await nextTick()
      story.push(`${client.name} ends ${what}`)
      return turn
    })
  const leave = (client: Client) => queue.leave(client, async () => void story.push(`${client.name} leaves`))
  return { queue, story, causes, want, leave }
}

describe('ExclusiveQueue', () => {
  it('runs one task at a time, first come first served', async () => {
    const { queue, story, want } = aQueue()
    want(ann, '1')
    want(bob, '2')
    want(ann, '3')
    await queue.settled()
    expect(story).toEqual([
      'ann begins 1',
      'ann ends 1',
      'bob begins 2',
      'bob ends 2',
      'ann begins 3',
      'ann ends 3',
    ])
  })

  it('serves only the client that kept its turn until it frees it', async () => {
    const { queue, story, want } = aQueue()
    want(ann, 'BEGIN', 'kept')
    want(bob, 'SELECT')
    await queue.settled()
    want(ann, 'COMMIT')
    await queue.settled()
    expect(story.filter((line) => line.includes('begins'))).toEqual([
      'ann begins BEGIN',
      'ann begins COMMIT',
      'bob begins SELECT',
    ])
  })

  it('lets a client leave in the middle of its turn: what it still wanted is dropped, the turn passes on', async () => {
    const { queue, story, want, leave } = aQueue()
    want(ann, 'BEGIN', 'kept')
    want(bob, 'SELECT')
    await queue.settled()
    want(ann, 'UPDATE', 'kept')
    leave(ann)
    await queue.settled()
    expect(story.slice(2)).toEqual(['ann leaves', 'bob begins SELECT', 'bob ends SELECT'])
  })

  it('lets a client leave while its task runs: the task ends, then it leaves', async () => {
    const { queue, story, want, leave } = aQueue()
    want(ann, 'BEGIN', 'kept')
    await Promise.resolve()
    leave(ann)
    want(bob, 'SELECT')
    await queue.settled()
    expect(story.slice(1, 4)).toEqual(['ann ends BEGIN', 'ann leaves', 'bob begins SELECT'])
  })

  it('stops for good when a task throws, and says why', async () => {
    const { queue, story, causes, want } = aQueue()
    const cause = new Error('the engine died')
    queue.enqueue(ann, () => Promise.reject(cause))
    want(bob, 'SELECT')
    await queue.settled()
    want(bob, 'another SELECT')
    await queue.settled()
    expect(causes).toEqual([cause])
    expect(story).toEqual([])
  })
})
