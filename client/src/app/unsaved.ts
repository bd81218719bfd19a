import { useEffect } from 'react'
import { HeldPage } from './held-page.js'

/** Made when the program is loaded, so before its router is shown. */
export const heldPage = new HeldPage(window)

/** While it is true, nobody leaves the page without being asked. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => (isUnsaved ? heldPage.hold() : undefined), [isUnsaved])
}
