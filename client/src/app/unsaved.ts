import { useEffect } from 'react'
import { HeldPage } from './held-page.js'

/** Made when the program is loaded, so before its router is shown. */
export const page = new HeldPage(window)

/** While it is true, nobody leaves the page without being asked. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => (isUnsaved ? page.hold() : undefined), [isUnsaved])
}
