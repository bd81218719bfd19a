import { useSyncExternalStore } from 'react'
import { useSession } from '../app/session.js'
import type { LinkState } from './link-state.js'

/** How the page is connected; drawn anew when it is cut, is not let in, comes back or has caught up. */
export function useLink(): LinkState {
  const { links } = useSession()
  return useSyncExternalStore(links.watch, links.read)
}
