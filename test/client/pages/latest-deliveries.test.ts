import { describe, expect, it } from 'vitest'
import type { Api } from '../../../client/src/api/api.js'
import { latestDeliveries } from '../../../client/src/pages/actions/latest-deliveries.js'

const { signal } = new AbortController()

/** An API that has these deliveries, newest first, by the ids of their actions; it gives two at a time. */
function anApi(deliveries: readonly string[]) {
  const asked: (readonly string[])[] = []
  const ask = async (_: unknown, variables: unknown): Promise<unknown> => {
    const { filter } = variables as { filter: { actionId: readonly string[] } }
    asked.push(filter.actionId)
    const found = deliveries.flatMap((actionId, place) =>
      filter.actionId.includes(actionId) ? [{ id: `${actionId}-${place}`, actionId }] : [],
    )
    return { deliveries: { nodes: found.slice(0, 2), pageInfo: { hasNextPage: found.length > 2 } } }
  }
  return { api: { ask } as unknown as Api, asked }
}

describe('the newest delivery of each action', () => {
  it('is found behind those of a busy one, about which it is not asked again', async () => {
    const { api, asked } = anApi(['busy', 'busy', 'busy', 'calm'])
    const latest = await latestDeliveries(api, ['busy', 'calm', 'new'], signal)
    expect(
      [...latest].map(([id, delivery]) => [id, delivery === 'older' ? delivery : (delivery?.id ?? null)]),
    ).toEqual([
      ['busy', 'busy-0'],
      ['calm', 'calm-3'],
      ['new', null],
    ])
    expect(asked).toEqual([
      ['busy', 'calm', 'new'],
      ['calm', 'new'],
    ])
  })

  it('is said to be older where too many are busier', async () => {
    const busy = Array.from({ length: 6 }, (_, place) => `busy ${place}`)
    const { api, asked } = anApi([...busy.flatMap((id) => [id, id, id]), 'calm'])
    const latest = await latestDeliveries(api, [...busy, 'calm'], signal)
    expect(latest.get('calm')).toBe('older')
    expect(asked).toHaveLength(4)
  })

  it('is not asked for where there is no action: no filter would find everything', async () => {
    const { api, asked } = anApi(['other'])
    expect([...(await latestDeliveries(api, [], signal))]).toEqual([])
    expect(asked).toEqual([])
  })
})
