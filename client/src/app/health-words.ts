import type { HealthQuery } from '../api/documents.js'
import { capitalized } from '../components/capitalized.js'
import type { Look } from '../components/look.js'
import { say } from '../strings.js'

type Health = HealthQuery['health']
export type HealthNotice = Health['notices'][number]

/** What the demo banner says after the word DEMO; null where real accounts are watched. The server's own words come first. */
export function demoNotice({ demo, notices }: Health): string | null {
  if (!demo) return null
  const said = notices.find(({ code }) => code === 'DEMO')
  if (said === undefined) return say.shell.demoNotice
  return capitalized(said.text.replace(/^DEMO\b[\s:.,–—-]*/, ''))
}

/** What neither the banner nor the list of sources says already. */
export function otherNotices({ notices }: Health): readonly HealthNotice[] {
  return notices.filter(({ code }) => code !== 'DEMO' && code !== 'SOURCE_FAILS')
}

/** How grave it is: that it is a demo is no trouble, and what cannot be read is the gravest. */
export function noticeLook({ code }: HealthNotice): Pick<Look, 'tone' | 'icon'> {
  if (code === 'DEMO') return { tone: 'busy', icon: 'info' }
  return { tone: code === 'SOURCE_FAILS' ? 'bad' : 'warn', icon: 'warning' }
}
