import { SystemCondition } from '../rules/system-condition.js'
import { listNames, type SourceHealth } from '../sources/source-health.js'
import { lastReadInWords, type Lateness } from '../sources/staleness.js'

/** What is wrong with an account, in every way in which it is. */
export interface Trouble {
  readonly condition: SystemCondition
  readonly accountSid: string
  /** Whether it is worth an alert; where it is not, it keeps one that stands. */
  readonly opens: boolean
  /** One sentence. */
  readonly words: string
}

/** The troubles of the accounts that are watched. */
export function troublesOf(
  sources: readonly SourceHealth[],
  { late, stale }: Lateness<SourceHealth>,
): readonly Trouble[] {
  return [...new Set(sources.map(({ accountSid }) => accountSid))].flatMap((accountSid) => {
    const isOfAccount = (source: SourceHealth) => source.accountSid === accountSid
    const refused = sources.filter((source) => isOfAccount(source) && source.errorKind === 'unauthorized')
    const unread = late.filter(isOfAccount)
    return [
      ...(refused.length > 0
        ? [
            {
              condition: SystemCondition.CREDENTIALS_REFUSED,
              accountSid,
              opens: true,
              words: refusedInWords(accountSid, refused),
            },
          ]
        : []),
      ...(unread.length > 0
        ? [
            {
              condition: SystemCondition.SOURCE_STALE,
              accountSid,
              opens: stale.some(isOfAccount),
              words: behindInWords(accountSid, unread),
            },
          ]
        : []),
    ]
  })
}

function refusedInWords(accountSid: string, [first]: readonly SourceHealth[]): string {
  return `GiftPulse cannot read ${accountSid}: ${first?.error ?? 'Twilio refused the credentials.'}`
}

function behindInWords(accountSid: string, late: readonly SourceHealth[]): string {
  const lists = late.map(({ source }) => listNames[source]).join(', ')
  const longest = late.reduce<number | null>(
    (most, { lagSeconds }) => (most === null || lagSeconds === null ? null : Math.max(most, lagSeconds)),
    0,
  )
  const reasons = [...new Set(late.flatMap(({ error }) => error ?? []))]
  return [`GiftPulse is behind: ${lists} of ${accountSid} ${lastReadInWords(longest)}.`, ...reasons].join(' ')
}
