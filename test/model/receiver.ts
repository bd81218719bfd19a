import { z } from 'zod'
import { foldedCount } from '../../src/actions/notice-data.js'
import { ActionError, type Handler, type Notice, type Outcome } from '../../src/actions/handler.js'

/** How the receiver answers: well, for a while not, never more, or not at all. */
export const answers = ['ok', 'busy', 'gone', 'silent'] as const
export type Answer = (typeof answers)[number]

/** Tries after the first. */
export const RETRIES = 2

/** The receiver of everything, with its ledger. */
export class Receiver {
  answer: Answer = 'ok'
  /** Each send that was answered well: its delivery, and for how many others it said that it stands. */
  readonly took: { readonly id: string; readonly standsFor: number }[] = []

  /** The handler of one process, whose sends end with it. */
  handlerOf(): Handler {
    return {
      type: 'log',
      title: 'a receiver',
      description: 'Answers as the test says.',
      retryAttempts: RETRIES,
      schema: z.looseObject({}),
      mapSecrets: (config) => config,
      recipients: () => [],
      request: () => ({}),
      send: (notice: Notice, _config: object, signal: AbortSignal) => this.take(notice, signal),
    }
  }

  private async take(notice: Notice, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) throw new ActionError('aborted', 'stopped')
    if (this.answer === 'silent') return hold(signal)
    if (this.answer === 'busy') throw new ActionError('http-503', 'busy')
    if (this.answer === 'gone') throw new ActionError('http-410', 'gone', { permanent: true })
    this.took.push({ id: notice.deliveryId, standsFor: foldedCount(notice) })
    return { statusCode: 200, response: 'ok', result: {} }
  }
}

/** Until the try is given up. */
function hold(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ActionError('aborted', 'stopped')))
  })
}
