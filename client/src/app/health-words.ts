import type { HealthQuery } from '../api/documents.js'
import type { Look } from '../components/look.js'
import { say } from '../strings.js'

type Health = HealthQuery['health']

/** What the demo banner says after the word DEMO; null where real accounts are watched. The server's own words come first. */
export function demoNotice(health: Health): string | null {
  if (!health.demo) return null
  const said = health.messages.find(isAboutDemo)
  if (said === undefined) return say.shell.demoNotice
  const words = said.replace(/^DEMO\b[\s:.,–—-]*/, '')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The messages that neither the banner nor the list of sources says already. */
export function otherMessages({ demo, messages, sources }: Health): readonly string[] {
  const banner = demo ? messages.find(isAboutDemo) : undefined
  const errors = sources.flatMap(({ error }) => error ?? [])
  return messages.filter((message) => message !== banner && !errors.some((error) => message.endsWith(error)))
}

/** How grave a message is: that it is a demo is no trouble, and what cannot be read is the gravest. */
export function messageLook(message: string, { sources }: Health): Pick<Look, 'tone' | 'icon'> {
  if (isAboutDemo(message)) return { tone: 'busy', icon: 'info' }
  const isFailing = sources.some(({ error }) => error !== null && message.endsWith(error))
  return { tone: isFailing ? 'bad' : 'warn', icon: 'warning' }
}

/** Whether it says of actions that they fail, for a reason that their deliveries have. */
export function isAboutDeliveries(message: string): boolean {
  return message.endsWith(' deliveries say why.')
}

function isAboutDemo(message: string): boolean {
  return message.startsWith('DEMO')
}
