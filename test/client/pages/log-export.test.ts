import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { Api } from '../../../client/src/api/api.js'
import { ApiError, type ApiFault } from '../../../client/src/api/api-error.js'
import type { ExportFormat } from '../../../client/src/pages/logs/export-formats.js'
import { LogExport } from '../../../client/src/pages/logs/log-export.js'
import { aLog } from '../samples.js'

const HOSTILE = `=cmd|' /C calc'!A0, "quoted"\nand more`
const line = aLog()
const never = new AbortController().signal

/** An export from an API with pages of one log each; those that `faults` name by their place fail so first. */
function anExport(messages: readonly string[], format: ExportFormat = 'json', atWait = (): void => {}) {
  const asked: unknown[] = []
  const told: unknown[] = []
  const waited: number[] = []
  const faults = new Map<number, ApiFault[]>()
  const ask = async (_document: unknown, variables: { readonly after: string | null }): Promise<unknown> => {
    asked.push(variables)
    const place = variables.after === null ? 0 : Number(variables.after)
    const fault = faults.get(place)?.shift()
    if (fault) throw new ApiError(fault, 'Not now.')
    const node = { ...line, id: `log-${place}`, errorMessage: messages[place], rawData: { place } }
    const pageInfo = { endCursor: String(place + 1), hasNextPage: place + 1 < messages.length }
    return { logs: { feedCursor: '', nodes: messages.length === 0 ? [] : [node], pageInfo } }
  }
  const log = new LogExport({
    api: { ask } as unknown as Api,
    filter: { search: 'x' },
    format,
    progress: (...words) => void told.push(words),
    wait: async (milliseconds) => {
      waited.push(milliseconds)
      atWait()
    },
  })
  return { log, asked, told, waited, faults }
}

async function exported(messages: readonly string[], format: ExportFormat): Promise<Blob> {
  const { log } = anExport(messages, format)
  await log.read(never)
  return log.file()
}

const messagesOf = async (file: Blob): Promise<readonly string[]> =>
  (JSON.parse(await file.text()) as { errorMessage: string }[]).map(({ errorMessage }) => errorMessage)

describe('an export', () => {
  it('reads every page of the filter, and says how far it is', async () => {
    const { log, asked, told } = anExport(['a', 'b', 'c'])
    await log.read(never)
    expect(told).toEqual([1, 2, 3].map((count) => [count, false]))
    expect(asked).toEqual([null, '1', '2'].map((after) => ({ filter: { search: 'x' }, first: 200, after })))
  })

  it('is CSV that a reader of CSV reads back, in which no text is a formula', async () => {
    const text = await (await exported(['plain', HOSTILE], 'csv')).text()
    const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    expect(data.map(({ id }) => id)).toEqual(['log-0', 'log-1'])
    expect(data[0]).toMatchObject({ errorMessage: 'plain', logType: 'MESSAGE', twilioSid: 'SM1' })
    expect(data[1]?.['errorMessage']).toBe(`'${HOSTILE}`)
  })

  it('tells Excel that its CSV is UTF-8, and nobody that of its JSON', async () => {
    const beginning = async (format: ExportFormat): Promise<readonly number[]> => [
      ...new Uint8Array(await (await exported(['ü'], format)).arrayBuffer()).subarray(0, 3),
    ]
    expect(await beginning('csv')).toEqual([0xef, 0xbb, 0xbf])
    expect((await beginning('json'))[0]).toBe('['.charCodeAt(0))
  })

  it('is JSON with the whole records, also of none', async () => {
    const logs = JSON.parse(await (await exported(['a', HOSTILE], 'json')).text()) as object[]
    expect(logs).toMatchObject([{ errorMessage: 'a' }, { errorMessage: HOSTILE, rawData: { place: 1 } }])
    expect(JSON.parse(await (await exported([], 'json')).text())).toEqual([])
  })
})

describe('an export whose page fails', () => {
  it('asks for it again after longer and longer pauses, says so, and leaves nothing out', async () => {
    const { log, told, waited, faults } = anExport(['a', 'b'])
    faults.set(1, ['unreachable', 'busy', 'failed'])
    await log.read(never)
    expect(told).toEqual([[1, false], ...Array.from({ length: 3 }, () => [1, true]), [2, false]])
    expect(waited.map((wait) => wait > 300)).toEqual([true, true, true])
    expect(waited[2]).toBeGreaterThan(waited[0] ?? Infinity)
    expect(await messagesOf(log.file())).toEqual(['a', 'b'])
  })

  it('gives up after five tries, keeps what was read as a whole file, and goes on from there', async () => {
    const { log, asked, faults } = anExport(['a', 'b', 'c'])
    faults.set(
      1,
      Array.from({ length: 5 }, () => 'unreachable'),
    )
    await expect(log.read(never)).rejects.toMatchObject({ fault: 'unreachable' })
    expect([asked.length, log.count]).toEqual([6, 1])
    expect(await messagesOf(log.file())).toEqual(['a'])
    await log.read(never)
    expect(await messagesOf(log.file())).toEqual(['a', 'b', 'c'])
  })

  it('does not ask again where that cannot help', async () => {
    const { log, asked, waited, faults } = anExport(['a'])
    faults.set(0, ['forbidden'])
    await expect(log.read(never)).rejects.toMatchObject({ fault: 'forbidden' })
    expect([asked.length, waited.length]).toEqual([1, 0])
  })

  it('stops at once when it is cancelled, also between two tries', async () => {
    const work = new AbortController()
    const { log, asked, faults } = anExport(['a', 'b'], 'json', () => work.abort())
    faults.set(0, ['busy', 'busy'])
    await expect(log.read(work.signal)).rejects.toBeInstanceOf(ApiError)
    expect(asked).toHaveLength(1)
  })
})
