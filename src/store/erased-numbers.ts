import { createHmac, randomBytes } from 'node:crypto'
import type { SecretBox } from '../actions/secret-box.js'
import type { Erased, NumberEraser } from '../commands/erase-command.js'
import { maskNumber, numbersIn } from '../privacy/mask-numbers.js'
import { NumberRemover } from '../privacy/number-remover.js'
import { type NumberPattern, numberPattern } from '../sources/number-pattern.js'
import type { Database } from './database.js'
import { NumberSweep } from './number-sweep.js'
import { readAfresh } from './read-afresh.js'

interface Tombstone {
  readonly id: string
  readonly digest: string
  readonly callingCode: string
}

/**
 * Numbers that were erased. Twilio, or whoever sends webhooks, may still have them: what they bring is stored without them, by every
 * process. Only digests are kept, made with a key that is sealed like every secret.
 */
export class ErasedNumbers implements NumberEraser {
  private readonly codes = new Map<string, string>()
  private newest = '0'
  private key: Buffer | null = null
  private readonly refresh = readAfresh(() => this.readNew())

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly onError: (failure: unknown) => void,
  ) {}

  /** From now on it stays away, and it is taken out of all that is stored. */
  async erase(pattern: NumberPattern): Promise<Erased> {
    await this.add(pattern)
    await this.refresh()
    return { number: maskNumber(pattern.number), rows: await this.sweep(pattern) }
  }

  /** Writes what came in, without the numbers that are erased; those that are erased meanwhile are taken out afterwards. */
  async keepOut<Value, Result>(
    value: Value,
    write: (value: Value) => Promise<Result>,
    without: (remover: NumberRemover, value: Value) => Value = (remover, whole) =>
      remover.value(whole) as Value,
  ): Promise<Result> {
    await this.refresh()
    const known = this.codes.size
    const kept = this.erasedIn(value).reduce((left, pattern) => without(this.remover(pattern), left), value)
    const result = await write(kept)
    try {
      await this.refresh()
      if (this.codes.size > known) for (const pattern of this.erasedIn(kept)) await this.sweep(pattern)
    } catch (failure) {
      // It is written: whoever wrote it must not do so again for this.
      this.onError(failure)
    }
    return result
  }

  private sweep(pattern: NumberPattern): Promise<number> {
    return new NumberSweep(this.database).run(pattern, this.remover(pattern))
  }

  private remover({ expression }: NumberPattern): NumberRemover {
    return new NumberRemover(expression, (spelled) => `(erased-${this.digest(spelled).slice(0, 12)})`)
  }

  /** One at a time, so that ids rise in the order in which they can be read. */
  private async add({ number, national }: NumberPattern): Promise<void> {
    const digits = number.slice(1)
    const fresh = this.secrets.seal(randomBytes(32).toString('base64'))
    await this.database.underJudgeLock(async (tx) => {
      const [state] = await tx.query<{ sealed: string }>(
        `UPDATE system_state SET erasure_key = coalesce(erasure_key, $1) RETURNING erasure_key AS sealed`,
        [fresh],
      )
      this.key = this.opened(state?.sealed ?? fresh)
      const kept = [
        [digits, ''],
        ...(national === null ? [] : [[national, digits.slice(0, -national.length)]]),
      ]
      for (const [text = '', code] of kept)
        await tx.query(
          `INSERT INTO erased_numbers (digest, calling_code)
           SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM erased_numbers WHERE digest = $1)`,
          [this.digest(text), code],
        )
    })
  }

  /** Reads what was added since. */
  private async readNew(): Promise<void> {
    const added = await this.database.query<Tombstone & { sealed: string }>(
      `SELECT e.id, e.digest, e.calling_code AS "callingCode", s.erasure_key AS sealed
         FROM erased_numbers e, system_state s WHERE e.id > $1 ORDER BY e.id`,
      [this.newest],
    )
    for (const { id, digest, callingCode, sealed } of added) {
      this.key ??= this.opened(sealed)
      this.codes.set(digest, callingCode)
      this.newest = id
    }
  }

  /** The erased numbers that stand somewhere in `value`. */
  private erasedIn(value: unknown): NumberPattern[] {
    if (this.codes.size === 0) return []
    const numbers = new Set<string>()
    for (const found of new Set(numbersIn(JSON.stringify(value))))
      for (const digits of readingsOf(found)) {
        const code = this.codes.get(this.digest(digits))
        if (code !== undefined) numbers.add(`+${code}${digits}`)
      }
    return [...numbers].flatMap((number) => numberPattern(number) ?? [])
  }

  private digest(text: string): string {
    if (this.key === null) throw new Error('the key of erased numbers is read with them')
    return createHmac('sha256', this.key).update(text).digest('base64url')
  }

  private opened(sealed: string): Buffer {
    return Buffer.from(this.secrets.open(sealed), 'base64')
  }
}

/** The digits of a number as it is spelled: with and without the zeros that lead out of a country, or out of a town. */
function readingsOf(spelled: string): string[] {
  const digits = spelled
    .replaceAll(/%[0-9a-f]{2}/gi, ' ')
    .replaceAll('(0)', '')
    .replaceAll(/\D/g, '')
  return [...new Set([digits, digits.replace(/^00/, ''), digits.replace(/^0/, '')])]
}
