/** The colours: as the system has them, or one of both. */
export type Theme = 'auto' | 'light' | 'dark'

const STORED_AS = 'giftpulse-theme'

export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORED_AS)
    return stored === 'light' || stored === 'dark' ? stored : 'auto'
  } catch {
    return 'auto'
  }
}

/** Shows it, and remembers it on this device where the browser lets it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(STORED_AS, theme)
  } catch {
    // Then it lasts until the next reload.
  }
}
