import type { Health } from './records.js'

/** What the demo banner says after the word DEMO; null where real accounts are watched. The server's own words come first. */
export function demoNotice(health: Health): string | null {
  if (!health.demo) return null
  const said = health.messages.find(isAboutDemo)
  if (said === undefined)
    return 'These logs come from a simulated Twilio account. No real call or message is behind them.'
  return said.replace(/^DEMO\b[\s:.,–—-]*/, '')
}

/** The messages that the banner does not say already. */
export function otherMessages({ demo, messages }: Health): readonly string[] {
  const said = demo ? messages.find(isAboutDemo) : undefined
  return messages.filter((message) => message !== said)
}

/** `GiftPulse 0.1.0 · embedded database · …`. */
export function installationWords({ version, database, jobs, pubsub }: Health): string {
  return `GiftPulse ${version} · database: ${database} · jobs: ${jobs} · pub/sub: ${pubsub}`
}

function isAboutDemo(message: string): boolean {
  return message.startsWith('DEMO')
}
