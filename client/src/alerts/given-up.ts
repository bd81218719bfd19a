import { isRecord } from '../components/is-record.js'

/** The server's own words on why a delivery ended as it did; null where it says nothing. @param result its `actionResult` */
export function whyGivenUp(result: unknown): string | null {
  if (!isRecord(result)) return null
  const { reason, error } = result
  return typeof reason === 'string' ? reason : typeof error === 'string' ? error : null
}
