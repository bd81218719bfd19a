import { HealthDocument } from '../api/documents.js'
import { useAnswer } from '../api/use-answer.js'
import { HEALTH_EVERY_MS } from './notices.js'

/** Whether the account that is watched is a simulated one; false until that is known. */
export function useIsDemo(): boolean {
  const { data } = useAnswer(HealthDocument, {}, { every: HEALTH_EVERY_MS })
  return data?.health.demo ?? false
}
