import { type RefObject, useEffect, useRef } from 'react'

/**
 * Where another page is gone to, it is read from its top, and the focus is in it: what had it before is gone, or belongs to the way
 * there. Going back leaves the place to the browser, which knows it.
 */
export function useArrival(location: string, main: RefObject<HTMLElement | null>): void {
  const isBack = useRef(false)
  const shown = useRef(location)
  const path = useRef(window.location.pathname)
  useEffect(() => {
    // A step back within a page, such as one that closes what is open over it, leads to no other.
    const back = (): void => void (isBack.current = window.location.pathname !== path.current)
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  useEffect(() => {
    if (shown.current === location) return
    shown.current = location
    path.current = window.location.pathname
    if (!isBack.current) scrollTo(0, 0)
    isBack.current = false
    const { activeElement } = document
    if (!main.current?.contains(activeElement) && !activeElement?.closest('dialog'))
      main.current?.focus({ preventScroll: true })
  }, [location, main])
}
