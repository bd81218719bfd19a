import type { IconName } from '../components/icon.js'
import { say } from '../strings.js'

/** A page that the navigation leads to. The server answers the same paths with the dashboard: `src/http/page.ts`. */
export interface Destination {
  readonly path: string
  readonly name: string
  readonly icon: IconName
  /** Pressed after `g`. */
  readonly key: string
  /** What is watched stands first, what is set up below it. */
  readonly group: 'watch' | 'set-up'
  /** Whether it stands in the bar of a phone; the others are behind "More". */
  readonly isMain: boolean
}

export const destinations: readonly Destination[] = [
  { path: '/', name: say.nav.overview, icon: 'gauge', key: 'o', group: 'watch', isMain: true },
  { path: '/live', name: say.nav.live, icon: 'activity', key: 'v', group: 'watch', isMain: true },
  { path: '/logs', name: say.nav.logs, icon: 'lines', key: 'l', group: 'watch', isMain: true },
  { path: '/alerts', name: say.nav.alerts, icon: 'bell', key: 'a', group: 'watch', isMain: true },
  { path: '/deliveries', name: say.nav.deliveries, icon: 'send', key: 'd', group: 'watch', isMain: false },
  { path: '/rules', name: say.nav.rules, icon: 'rule', key: 'r', group: 'set-up', isMain: false },
  { path: '/actions', name: say.nav.actions, icon: 'plug', key: 'c', group: 'set-up', isMain: false },
  { path: '/settings', name: say.nav.settings, icon: 'settings', key: 's', group: 'set-up', isMain: false },
  { path: '/graphiql', name: say.nav.explorer, icon: 'code', key: 'e', group: 'set-up', isMain: false },
]

/** Whether `location` lies in the part of a destination: `/rules/new` is in Rules. */
export function isIn(location: string, { path }: Destination): boolean {
  return path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`)
}
