import { timingSafeEqual } from 'node:crypto'
import { UnavailableError } from '../errors.js'
import type { KeyReader, KnownKey } from './api-key.js'
import { hashOf, readKeyText } from './key-text.js'

/** How long what was read of a key holds: so long may a revocation take to be known in another process. */
const HOLDS_MS = 1_000
/** How long the database gets to say it, in milliseconds: the embedded one may have a batch to finish first. */
const PATIENCE_MS = 5_000
/** How often a use is noted at most. */
const NOTE_MS = 60_000
/** Keys that are remembered; beyond them everything is forgotten and read anew. */
const MAX_REMEMBERED = 10_000

/** What the secret of an unknown key is compared with, so that it takes as long as any other. */
const NOBODYS_HASH = Buffer.alloc(32)

interface Remembered {
  readonly known: Promise<KnownKey | null>
  /** Until when it holds, by the clock that was passed in; while it is being read, for everybody who asks. */
  until: number
}

/** The keys of the database, looked up as they are shown. */
export class KeyRing {
  private readonly remembered = new Map<string, Remembered>()
  private readonly noted = new Map<string, number>()

  /**
   * @param reader null before there is a database
   * @param clock milliseconds of a monotonic clock
   * @param onFailure told why a key could not be looked up, since whoever shows it is not
   */
  constructor(
    private readonly reader: () => KeyReader | null,
    private readonly clock: () => number,
    private readonly onFailure: (failure: unknown) => void = () => undefined,
  ) {}

  /**
   * The key with this text; null where there is none, or no longer. An unknown one costs the same as one with a wrong secret.
   * @throws {UnavailableError} where the database is away
   */
  async find(text: string): Promise<KnownKey | null> {
    const shown = readKeyText(text)
    if (!shown) return null
    const known = await this.look(shown.id)
    const isRight = timingSafeEqual(hashOf(shown.secret), known?.hash ?? NOBODYS_HASH)
    if (!known?.isUsable || !isRight) return null
    this.noteUse(known.id)
    return known
  }

  /**
   * Whether the key with this id still opens anything.
   * @throws {UnavailableError} where the database is away
   */
  async isUsable(id: string): Promise<boolean> {
    return (await this.look(id))?.isUsable ?? false
  }

  /** After a change of it in this process: what it is now counts at once. */
  forget(id: string): void {
    this.remembered.delete(id)
  }

  private look(id: string): Promise<KnownKey | null> {
    const remembered = this.remembered.get(id)
    if (remembered && this.clock() < remembered.until) return remembered.known
    const reading: Remembered = { known: this.read(id), until: Infinity }
    reading.known.then(
      () => (reading.until = this.clock() + HOLDS_MS),
      // The next one asks again.
      () => (reading.until = -Infinity),
    )
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear()
    this.remembered.set(id, reading)
    return reading.known
  }

  private async read(id: string): Promise<KnownKey | null> {
    const reader = this.reader()
    if (!reader) throw new UnavailableError(AWAY)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new UnavailableError(AWAY)), PATIENCE_MS)
    })
    try {
      return await Promise.race([reader.known(id), late])
    } catch (failure) {
      this.onFailure(failure)
      throw failure instanceof UnavailableError ? failure : new UnavailableError(AWAY)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Off the request's path: a use that cannot be noted is none that anybody waits for. */
  private noteUse(id: string): void {
    const now = this.clock()
    if (now < (this.noted.get(id) ?? -Infinity) + NOTE_MS) return
    if (this.noted.size >= MAX_REMEMBERED) this.noted.clear()
    this.noted.set(id, now)
    this.reader()
      ?.noteUse(id)
      .catch(() => this.noted.delete(id))
  }
}

const AWAY = 'Keys cannot be checked now, since Postgres is away.'
