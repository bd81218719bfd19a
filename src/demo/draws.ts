/**
 * Repeatable random draws: the same keys give the same sequence, in every process. Not for secrets.
 * A counter run through a 32-bit mixer (constants from the public hash-prospector search).
 */
export class Draws {
  #state: number

  constructor(...keys: readonly number[]) {
    this.#state = 0x9e3779b9
    // A key above 32 bits counts with both halves.
    for (const key of keys) this.#state = mix(mix(this.#state ^ key) + Math.floor(key / 2 ** 32))
  }

  /** 32 random bits, not negative. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    return mix(this.#state) >>> 0
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor((this.bits() / 2 ** 32) * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.bits() / 2 ** 32 < probability
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.between(0, list.length - 1)] ?? list[0]
  }

  /** That many hexadecimal digits, a multiple of 8. */
  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += hex32(this.bits())
    return text
  }
}

/** Eight hexadecimal digits. */
export function hex32(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0')
}

function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return bits ^ (bits >>> 15)
}
