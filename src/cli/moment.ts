import { InvalidArgumentError } from 'commander'

const MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A duration such as `90m` or `7d`, in milliseconds; null for other texts. */
function durationOf(text: string): number | null {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  return unit === '' ? null : Number(amount) * MS[unit as keyof typeof MS]
}

/** A moment, RFC 3339 or as a duration before `now`. */
export function momentBefore(text: string, now = new Date()): Date {
  return momentFrom(text, now, -1)
}

/** A moment, RFC 3339 or as a duration after `now`. */
export function momentAfter(text: string, now = new Date()): Date {
  return momentFrom(text, now, 1)
}

function momentFrom(text: string, now: Date, direction: 1 | -1): Date {
  const duration = durationOf(text)
  if (duration !== null) return new Date(now.getTime() + direction * duration)
  const moment = new Date(/^\d{4}-\d\d-\d\d/.test(text) ? text : Number.NaN)
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError(
      'Expected a duration such as 90m, 24h or 7d, or a time such as 2026-11-27T09:00Z.',
    )
  return moment
}
