import { afterAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/logger.js'
import { aLog, anAlert, aNotice, never, someHandlers } from '../actions/samples.js'

const number = '+14155552671'
const notice = aNotice({
  alert: anAlert({ summary: `cannot reach ${number}`, cause: `cannot reach ${number}` }),
  log: aLog({
    fromNumber: '5551234',
    toNumber: number,
    errorMessage: `cannot reach ${number}`,
    text: `call ${number}`,
    rawData: { to: number, to_formatted: '(415) 555-2671' },
    twilioSid: `custom:billing:${number}`,
    status: `to ${number}`,
    errorCode: number,
  }),
})
const masking = someHandlers({ maskNumbers: true })
const plain = someHandlers({ maskNumbers: false })
afterAll(() => Promise.all([masking.close(), plain.close()]))

describe('what actions send', () => {
  it.each(masking.list)('shows numbers masked: $type', (handler) => {
    const config = {
      url: 'https://hooks.example',
      recipients: ['a@example.com'],
      message: '{{log.toNumber}} {{log.text}}',
    }
    const sent = JSON.stringify(handler.request(notice, config))
    expect(sent).toContain('+1415***2671')
    expect(sent).not.toMatch(/4155552671|555-2671/)
    expect(sent).not.toContain('5551234')
  })

  it('shows them whole where that is wanted', () => {
    const sent = plain.get('webhook').request(notice, { url: 'https://hooks.example' })
    expect(JSON.stringify(sent)).toContain(number)
  })

  it('sends what it shows', async () => {
    const lines: string[] = []
    const handlers = someHandlers({
      maskNumbers: true,
      log: (_level, _fields, message) => void lines.push(message),
    })
    await handlers.get('log').send(notice, { message: 'to {{log.toNumber}}' }, never)
    expect(lines).toEqual(['to +1415***2671'])
    await handlers.close()
  })
})

describe("the program's own log", () => {
  it.each([
    [true, '+1415***2671'],
    [false, number],
  ])('writes numbers masked (%s)', async (maskNumbers, written) => {
    const lines: string[] = []
    const logger = await createLogger({
      level: 'info',
      maskNumbers,
      sink: { write: (line) => void lines.push(line) },
    })
    const record = { to_formatted: '(415) 555-2671', digits: 14_155_552_671, pid: 4_194_304 }
    logger.info({ to: number, at: 1_763_880_000_000, record }, `sent to ${number}`)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      to: written,
      at: 1_763_880_000_000,
      msg: `sent to ${written}`,
      record: maskNumbers
        ? { to_formatted: '41***71', digits: '1415***2671', pid: 4_194_304 }
        : { to_formatted: '(415) 555-2671', digits: 14_155_552_671, pid: 4_194_304 },
    })
    expect(lines[0]).toMatch(/\}\n$/)
  })
})
