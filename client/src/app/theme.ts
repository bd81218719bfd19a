import { remember, remembered } from '../components/device-memory.js'

/** The colours: as the system has them, or one of both. */
export type Theme = 'auto' | 'light' | 'dark'

const STORED_AS = 'giftpulse-theme'

export function readTheme(): Theme {
  const stored = remembered(STORED_AS)
  return stored === 'light' || stored === 'dark' ? stored : 'auto'
}

/** Shows it, and remembers it on this device where the browser lets it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  remember(STORED_AS, theme)
}
