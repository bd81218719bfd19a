import { BurstyRateLimiter, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { RateLimitedError } from '../errors.js'
import { hashOf } from '../keys/key-text.js'

/** How much one process answers; durations in seconds. */
export interface RequestLimitSettings {
  /** Requests of one key within a second, and how many more within the longer stretch. */
  readonly requests: { readonly points: number; readonly duration: number }
  readonly burst: { readonly points: number; readonly duration: number }
  /** Different wrong keys from one address. */
  readonly wrongKeys: { readonly points: number; readonly duration: number }
  /** Operations of one key that run at once on all of its sockets: each holds memory and costs its share of every event. */
  readonly operations: number
}

/** Well above the 100 a second that each key is promised; the burst lets a thousand sockets come back at once after a restart. */
export const requestLimits: RequestLimitSettings = {
  requests: { points: 500, duration: 1 },
  burst: { points: 5_000, duration: 10 },
  wrongKeys: { points: 20, duration: 60 },
  operations: 1_000,
}

/**
 * Bounds what one key may ask for, and how many keys one address may try. Only wrong keys count against an address, so that
 * nobody locks out others behind the same one; and each wrong key counts once, so that a program with an old key is told
 * that its key is wrong for as long as it asks.
 */
export class RequestLimits {
  private readonly requests: BurstyRateLimiter
  private readonly wrongKeys: RateLimiterMemory
  private readonly tried: RateLimiterMemory
  readonly operations: number

  constructor({ requests, burst, wrongKeys, operations }: RequestLimitSettings = requestLimits) {
    this.operations = operations
    this.requests = new BurstyRateLimiter(new RateLimiterMemory(requests), new RateLimiterMemory(burst))
    this.wrongKeys = new RateLimiterMemory(wrongKeys)
    this.tried = new RateLimiterMemory({ points: 1, duration: wrongKeys.duration })
  }

  /** @throws {RateLimitedError} where this key has asked for too much */
  async countRequest(keyName: string): Promise<void> {
    const rejected = await rejectionOf(this.requests.consume(keyName))
    if (rejected) throw tooMuch('This key asks for too much at once.', rejected)
  }

  /** @throws {RateLimitedError} where too many wrong keys have come from this address */
  async countWrongKey(from: string, key: string): Promise<void> {
    const before = await this.wrongKeys.get(from)
    const isOver = before !== null && before.consumedPoints > this.wrongKeys.points
    // Nothing more is remembered of an address that is over: its own tries cannot fill the memory.
    if (!isOver && (await rejectionOf(this.tried.consume(`${from} ${hashOf(key).toString('base64')}`))))
      return
    const rejected = isOver ? before : await rejectionOf(this.wrongKeys.consume(from))
    if (rejected) throw tooMuch('Too many wrong keys have come from this address.', rejected)
  }
}

/** What the limiter rejects with is no error but says when there is room again. */
async function rejectionOf(consumed: Promise<RateLimiterRes>): Promise<RateLimiterRes | null> {
  try {
    await consumed
    return null
  } catch (rejected) {
    if (rejected instanceof Error) throw rejected
    return rejected as RateLimiterRes
  }
}

function tooMuch(message: string, { msBeforeNext }: RateLimiterRes): RateLimitedError {
  return new RateLimitedError(message, Math.max(1, Math.ceil(msBeforeNext / 1_000)))
}
