import type { RequestHandler } from 'express'
import { UnavailableError } from '../errors.js'

/** The requests that are being answered, and the end of taking more. */
export class InFlight {
  private count = 0
  private isDraining = false
  private onIdle: () => void = () => {}

  get takesMore(): boolean {
    return !this.isDraining
  }

  /** Counts a request until its answer is out or its client is gone; once it drains, none gets further than here. */
  readonly gate: RequestHandler = (_request, response, next) => {
    if (this.isDraining) {
      response.set('Connection', 'close')
      throw new UnavailableError('GiftPulse is stopping.')
    }
    this.count += 1
    response.once('close', () => {
      this.count -= 1
      if (this.count === 0) this.onIdle()
    })
    next()
  }

  /** Takes no more; resolves once all are answered, or after `withinMs` milliseconds. */
  async drain(withinMs: number): Promise<void> {
    this.isDraining = true
    if (this.count === 0) return
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, withinMs)
      this.onIdle = () => {
        clearTimeout(deadline)
        resolve()
      }
    })
  }
}
