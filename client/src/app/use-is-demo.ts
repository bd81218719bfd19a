import { useHealth } from './use-health.js'

/** Whether the account that is watched is a simulated one; false until that is known. */
export function useIsDemo(): boolean {
  const { data } = useHealth()
  return data?.health.demo ?? false
}
