import { z } from 'zod'
import { InputError } from '../errors.js'
import type { Span } from '../sources/time-buckets.js'

const instant = z
  .union([z.date(), z.iso.datetime({ offset: true })], 'must be an instant such as 2026-11-01T12:00:00Z')
  .transform((value) => new Date(value))

/** The fields by which a span is asked for. */
export const spanFields = { since: instant, until: instant.nullish().transform((value) => value ?? null) }

/** The span from `since` to `until`, or to now. Throws `InputError` where it is empty. */
export function readSpan({ since, until }: { since: Date; until: Date | null }, now: Date): Span {
  const end = until ?? now
  if (since >= end)
    throw new InputError([
      { path: 'since', message: until === null ? 'must be in the past' : 'must be before until' },
    ])
  return { since, until: end }
}
