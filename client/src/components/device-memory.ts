/** What was remembered under this name on this device; null where there is nothing, or the browser does not tell. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Remembers it on this device. Where the browser does not let it, it is forgotten with the page. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Nothing that anybody could do about it.
  }
}
