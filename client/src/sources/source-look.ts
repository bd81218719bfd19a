import type { HealthQuery } from '../api/documents.js'
import { inWords } from '../components/in-words.js'
import type { Look } from '../components/look.js'
import { say } from '../strings.js'

export type WatchedSource = HealthQuery['health']['sources'][number]

/** A list as people call it. Twilio's own alerts are not those that the menu leads to. */
export function sourceName({ source }: Pick<WatchedSource, 'source'>): string {
  return say.sources.names[source] ?? inWords(source)
}

/** How a list is read. No error is no proof: where no worker runs, nobody is there to report one. */
export function sourceLook({ error, isStale }: Pick<WatchedSource, 'error' | 'isStale'>): Look {
  if (error !== null) return { tone: 'bad', icon: 'warning', text: say.sources.failing }
  if (isStale) return { tone: 'bad', icon: 'clock', text: say.sources.stale }
  return { tone: 'good', icon: 'check', text: say.sources.reading }
}

/** How all of them together are read. */
export function sourcesLook(sources: readonly WatchedSource[]): Look {
  const failing = sources.filter(({ error }) => error !== null).length
  if (failing > 0) return { tone: 'bad', icon: 'warning', text: say.sources.someFailing(failing) }
  const stale = sources.filter(({ isStale }) => isStale).length
  if (stale > 0) return { tone: 'bad', icon: 'clock', text: say.sources.someStale(stale) }
  return { tone: 'good', icon: 'check', text: say.sources.polling }
}
