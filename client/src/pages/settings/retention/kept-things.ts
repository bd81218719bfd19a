import type { RetentionQuery } from '../../../api/documents.js'
import { say } from '../../../strings.js'

/** A kind of record with how long it is kept. */
export interface Kept {
  readonly name: string
  readonly about: string
  readonly length: string
  /** How many of them there are now. */
  readonly stored: readonly string[]
  /** The setting that says how long; undefined where none does. */
  readonly setting?: string
}

/** The server keeps events so long whatever is set: `src/store/retention.ts`. */
const EVENT_DAYS = 7

/** Everything that is kept, by how long: what settings say first. */
export function keptThings(found: RetentionQuery): readonly Kept[] {
  const { logs, alerts, deliveries, received, auditLog } = found
  const stored = ([one, many]: readonly [string, string], { totalCount }: { readonly totalCount: number }) =>
    say.retention.stored(totalCount, one, many)
  const bySetting = (setting: string): Pick<Kept, 'length' | 'setting'> => {
    const said = found.settings.find(({ name }) => name === setting)
    if (!said) return { length: say.retention.unknown, setting }
    const { value } = said
    return { length: value === null ? say.retention.forEver : say.retention.days(Number(value)), setting }
  }
  return [
    {
      name: say.retention.logs,
      about: say.retention.logsAbout,
      ...bySetting('RETENTION_DAYS_LOGS'),
      stored: [stored(say.retention.log, logs)],
    },
    {
      name: say.retention.alerts,
      about: say.retention.alertsAbout,
      ...bySetting('RETENTION_DAYS_ALERTS'),
      stored: [stored(say.retention.alert, alerts), stored(say.retention.delivery, deliveries)],
    },
    {
      name: say.retention.received,
      about: say.retention.receivedAbout,
      ...bySetting('RETENTION_DAYS_RECEIVED'),
      stored: [stored(say.retention.webhook, received)],
    },
    {
      name: say.retention.events,
      about: say.retention.eventsAbout,
      length: say.retention.days(EVENT_DAYS),
      stored: [],
    },
    {
      name: say.retention.audit,
      about: say.retention.auditAbout,
      length: say.retention.forEver,
      stored: [stored(say.retention.change, auditLog)],
    },
    {
      name: say.retention.rules,
      about: say.retention.rulesAbout,
      length: say.retention.untilDeleted,
      stored: [],
    },
  ]
}
