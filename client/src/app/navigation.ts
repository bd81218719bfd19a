import type { IconName } from '../components/icon.js'
import { say } from '../strings.js'

/** A page that the navigation leads to. The server answers the same paths with the dashboard: `src/http/page.ts`. */
export interface Destination {
  readonly path: string
  readonly name: string
  readonly icon: IconName
  /** Pressed after `g`. */
  readonly key: string
  /** Whether it stands in the bar of a phone; the others are behind "More". */
  readonly isMain: boolean
}

export const destinations: readonly Destination[] = [
  { path: '/', name: say.nav.overview, icon: 'gauge', key: 'o', isMain: true },
  { path: '/live', name: say.nav.live, icon: 'activity', key: 'v', isMain: true },
  { path: '/logs', name: say.nav.logs, icon: 'lines', key: 'l', isMain: true },
  { path: '/alerts', name: say.nav.alerts, icon: 'bell', key: 'a', isMain: true },
  { path: '/rules', name: say.nav.rules, icon: 'rule', key: 'r', isMain: false },
  { path: '/settings', name: say.nav.settings, icon: 'settings', key: 's', isMain: false },
  { path: '/graphiql', name: say.nav.explorer, icon: 'code', key: 'e', isMain: false },
]

/** Whether `location` lies in the part of a destination: `/rules/new` is in Rules. */
export function isIn(location: string, { path }: Destination): boolean {
  return path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`)
}
