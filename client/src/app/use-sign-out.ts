import { useSession } from './session.js'
import { heldPage } from './unsaved.js'

/** Ends the stay, unless its reader wants to keep what is not saved yet. */
export function useSignOut(): () => void {
  const { signOut } = useSession()
  return () => {
    if (heldPage.mayLeave()) signOut()
  }
}
