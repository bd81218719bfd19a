import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { Api } from '../../../client/src/api/api.js'
import { exportLogs } from '../../../client/src/pages/logs/export-logs.js'
import { aLog } from '../samples.js'

const HOSTILE = `=cmd|' /C calc'!A0, "quoted"\nand more`
const line = aLog()

/** An API with pages of one log each. */
function apiOf(messages: readonly string[]) {
  const asked: unknown[] = []
  const ask = async (_document: unknown, variables: { readonly after: string | null }): Promise<unknown> => {
    asked.push(variables)
    const place = variables.after === null ? 0 : Number(variables.after)
    const node = { ...line, id: `log-${place}`, errorMessage: messages[place], rawData: { place } }
    const pageInfo = { endCursor: String(place + 1), hasNextPage: place + 1 < messages.length }
    return { logs: { feedCursor: '', nodes: messages.length === 0 ? [] : [node], pageInfo } }
  }
  return { api: { ask } as unknown as Api, asked }
}

async function exported(messages: readonly string[], format: 'csv' | 'json'): Promise<string> {
  const { api } = apiOf(messages)
  const filter = { logType: ['MESSAGE' as const] }
  const blob = await exportLogs({
    api,
    filter,
    format,
    progress: () => {},
    signal: new AbortController().signal,
  })
  return blob.text()
}

describe('an export', () => {
  it('reads every page of the filter, and says how far it is', async () => {
    const { api, asked } = apiOf(['a', 'b', 'c'])
    const counts: number[] = []
    const filter = { search: 'x' }
    const progress = (count: number): void => void counts.push(count)
    await exportLogs({ api, filter, format: 'json', progress, signal: new AbortController().signal })
    expect(counts).toEqual([1, 2, 3])
    expect(asked).toEqual([null, '1', '2'].map((after) => ({ filter, first: 200, after })))
  })

  it('is CSV that a reader of CSV reads back, in which no text is a formula', async () => {
    const { data } = Papa.parse<Record<string, string>>(await exported(['plain', HOSTILE], 'csv'), {
      header: true,
      skipEmptyLines: true,
    })
    expect(data.map(({ id }) => id)).toEqual(['log-0', 'log-1'])
    expect(data[0]).toMatchObject({ errorMessage: 'plain', logType: 'MESSAGE', twilioSid: 'SM1' })
    expect(data[1]?.['errorMessage']).toBe(`'${HOSTILE}`)
  })

  it('is JSON with the whole records, also of none', async () => {
    const logs = JSON.parse(await exported(['a', HOSTILE], 'json')) as {
      errorMessage: string
      rawData: object
    }[]
    expect(logs.map(({ errorMessage }) => errorMessage)).toEqual(['a', HOSTILE])
    expect(logs[1]?.rawData).toEqual({ place: 1 })
    expect(JSON.parse(await exported([], 'json'))).toEqual([])
  })
})
