import { SystemCondition } from '../rules/system-condition.js'
import type { SourceHealth } from '../sources/source-health.js'

/** What is wrong with an account, in every way in which it is. */
export interface Trouble {
  readonly condition: SystemCondition
  readonly accountSid: string
  /** One sentence. */
  readonly words: string
}

/** The troubles of the accounts that are watched. @param stale those of `sources` that are stale */
export function troublesOf(
  sources: readonly SourceHealth[],
  stale: readonly SourceHealth[],
): readonly Trouble[] {
  return [...new Set(sources.map(({ accountSid }) => accountSid))].flatMap((accountSid) => {
    const isOfAccount = (source: SourceHealth) => source.accountSid === accountSid
    const refused = sources.filter((source) => isOfAccount(source) && source.errorKind === 'unauthorized')
    const late = stale.filter(isOfAccount)
    return [
      ...(refused.length > 0
        ? [
            {
              condition: SystemCondition.CREDENTIALS_REFUSED,
              accountSid,
              words: refusedInWords(accountSid, refused),
            },
          ]
        : []),
      ...(late.length > 0
        ? [{ condition: SystemCondition.SOURCE_STALE, accountSid, words: staleInWords(accountSid, late) }]
        : []),
    ]
  })
}

function refusedInWords(accountSid: string, [first]: readonly SourceHealth[]): string {
  return `GiftPulse cannot read ${accountSid}: ${first?.error ?? 'Twilio refused the credentials.'}`
}

function staleInWords(accountSid: string, late: readonly SourceHealth[]): string {
  const lists = late.map(({ source }) => source).join(', ')
  const longest = late.reduce<number | null>(
    (most, { lagSeconds }) => (most === null || lagSeconds === null ? null : Math.max(most, lagSeconds)),
    0,
  )
  const since =
    longest === null ? 'were never read to their end' : `were last read to their end ${longest} s ago`
  const reasons = [...new Set(late.flatMap(({ error }) => error ?? []))]
  return [`GiftPulse is behind: ${lists} of ${accountSid} ${since}.`, ...reasons].join(' ')
}
