import { SystemCondition } from '../rules/system-condition.js'
import { listNames, type SourceHealth } from '../sources/source-health.js'
import { lastReadInWords, type Lateness } from '../sources/staleness.js'

/** One way in which something is wrong. */
export interface Trouble {
  readonly condition: SystemCondition
  /** With what: an account by its SID, a rule or an action by its id. */
  readonly subject: string
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
              subject: accountSid,
              opens: true,
              words: refusedInWords(accountSid, refused),
            },
          ]
        : []),
      ...(unread.length > 0
        ? [
            {
              condition: SystemCondition.SOURCE_STALE,
              subject: accountSid,
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

/** What fails at its work at one moment. */
export interface Failing {
  /** Rules that threw lately. */
  readonly rules: readonly { readonly id: string; readonly name: string }[]
  /** Actions that have failed at every try since they last worked, each with the name of its rule. */
  readonly actions: readonly {
    readonly id: string
    readonly actionType: string
    readonly rule: string
    readonly failingSeconds: number
  }[]
}

/** How long an action fails before it is told of: by then what was busy for a moment has been tried again. */
const FAILING_SECONDS = 120

/** The troubles of rules and actions. */
export function troublesAtWork({ rules, actions }: Failing): readonly Trouble[] {
  return [
    ...rules.map(({ id, name }) => ({
      condition: SystemCondition.RULE_FAILS,
      subject: id,
      opens: true,
      words: `the rule ${JSON.stringify(name)} throws and finds nothing; the log of GiftPulse says why.`,
    })),
    ...actions.map(({ id, actionType, rule, failingSeconds }) => ({
      condition: SystemCondition.ACTION_FAILS,
      subject: id,
      opens: failingSeconds >= FAILING_SECONDS,
      words: `every try of the ${actionType} action of the rule ${JSON.stringify(rule)} fails; its deliveries say why.`,
    })),
  ]
}
