import { useEffect } from 'react'
import { say } from '../strings.js'

/** What is written and not saved yet, each by a token of its own. */
const unsaved = new Set<object>()

/** While it is true, nobody leaves the page without being asked. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined
    const token = {}
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    unsaved.add(token)
    addEventListener('beforeunload', ask)
    return () => {
      unsaved.delete(token)
      removeEventListener('beforeunload', ask)
    }
  }, [isUnsaved])
}

type Navigate = (to: string, options?: { readonly replace?: boolean }) => void

/** Goes on only where nothing is lost by it, or the reader says so. What replaces the address belongs to the same page, or saved it. */
export function unlessUnsaved(navigate: Navigate, to: string, options?: Parameters<Navigate>[1]): void {
  if (unsaved.size === 0 || options?.replace === true || confirm(say.rules.leave)) navigate(to, options)
}
