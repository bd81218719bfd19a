import { describe, expect, it } from 'vitest'

import { createLogHandler } from '../../src/actions/log-action.js'
import { aLog, aNotice, anAlert, never } from './samples.js'

function aHandler() {
  const lines: unknown[][] = []
  return { lines, handler: createLogHandler((...line) => void lines.push(line), 8) }
}

describe('the log handler', () => {
  it('writes one line with the summary and the ids', async () => {
    const { lines, handler } = aHandler()
    await handler.send(aNotice(), {}, never)
    const ids = { ruleId: anAlert().ruleId, alertId: anAlert().id, deliveryId: aNotice().deliveryId }
    expect(lines).toEqual([['info', { type: 'alert.triggered', ...ids }, anAlert().summary]])
  })

  it('fills in a message of its own at its own level, on one line without control characters', async () => {
    const { lines, handler } = aHandler()
    const log = aLog({ errorMessage: 'bad\r\n{"level":"fake"}\u001b[31m' })
    const { result } = await handler.send(
      aNotice({ log }),
      { level: 'error', message: 'Got {{log.errorMessage}}' },
      never,
    )
    expect(lines).toEqual([['error', expect.anything(), 'Got bad {"level":"fake"} [31m']])
    expect(result).toEqual({ level: 'error', message: 'Got bad {"level":"fake"} [31m' })
  })
})
