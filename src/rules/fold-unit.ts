/** How many small forms there are. */
export const FORMS = 192

/**
 * The small form of a UTF-16 unit, 0 to 191, under which literals are looked for. ASCII letters lose their case, and
 * so do the two other characters that RE2's `(?i)` holds equal to one (the Kelvin sign to k, the long s to s). Units
 * outside ASCII share 64 forms: folding both sides alike can add hits but never lose one, and the index stays small
 * whatever the script.
 */
export function foldUnit(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit + 32
  if (unit < 0x80) return unit
  if (unit === 0x212a) return 0x6b
  if (unit === 0x17f) return 0x73
  return 0x80 + (unit & 0x3f)
}
