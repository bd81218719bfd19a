import type { Received } from '../actions/http-sink.js'
import type { Bed } from './bed.js'
import { emailSends, webhookSends } from './ledgers.js'

interface Body {
  readonly type: string
  readonly data: { readonly foldedCount?: number }
}

/** Whether a webhook that arrived stands for others. */
export function standsForOthers({ body }: Received): boolean {
  return (JSON.parse(body) as Body).type === 'alert.folded'
}

/** What one message that arrived says of the others for which it stands. */
interface Telling {
  readonly deliveryId: string
  readonly standsFor: number
}

function tellings({ http, smtp }: Bed): Telling[] {
  const hooks = webhookSends(http.received)
  const mails = emailSends(smtp.received)
  return [
    ...http.received.map(({ body }, n) => ({
      deliveryId: hooks[n] ?? '',
      standsFor: (JSON.parse(body) as Body).data.foldedCount ?? 0,
    })),
    ...smtp.received.map(({ mail }, n) => ({
      deliveryId: mails[n] ?? '',
      standsFor: Number(/(\d+) more alerts?\b/.exec(mail.subject ?? '')?.[1] ?? 0),
    })),
  ]
}

/** What the folding messages say they stand for, against what was folded into them; and all together against what happened. */
export async function comparedSums(
  bed: Bed,
  happened: Readonly<Partial<Record<'webhook' | 'email', number>>>,
): Promise<{ broken: string[]; notes: string[] }> {
  const made = await bed.database.query<{ id: string; kind: string; isFold: boolean; folded: number }>(
    `SELECT d.id, a.action_type AS kind, d.kind = 'fold' AS "isFold",
            (SELECT count(*)::int FROM deliveries f WHERE f.folded_into = d.id AND f.status = 'suppressed') AS folded
       FROM deliveries d JOIN actions a ON a.id = d.action_id WHERE d.status = 'delivered'`,
  )
  const folded = new Map(made.map((one) => [one.id, one.folded]))
  // Whatever came twice says the same twice: nothing is folded into a message once it may have been sent.
  const told = tellings(bed)
  const wrong = told.filter(({ deliveryId, standsFor }) => standsFor !== folded.get(deliveryId))
  const [first] = wrong
  const broken = first
    ? [
        `${wrong.length} messages miscount: one says ${first.standsFor} and stands for ${folded.get(first.deliveryId)}`,
      ]
    : []
  const arrived = new Set(told.map(({ deliveryId }) => deliveryId))
  const notes: string[] = []
  for (const [kind, count] of Object.entries(happened)) {
    const ofKind = made.filter((one) => one.kind === kind && arrived.has(one.id))
    const single = ofKind.filter(({ isFold }) => !isFold).length
    const folds = ofKind.length - single
    const stoodFor = ofKind.reduce((sum, one) => sum + one.folded, 0)
    if (single + stoodFor !== count)
      broken.push(`the sink was told of ${single + stoodFor} of ${count} by ${kind}`)
    notes.push(`${kind}: ${single} for themselves and ${folds} that say they stand for ${stoodFor}`)
  }
  return { broken, notes }
}

/** Deliveries that count as made and that no sink got. */
export async function unsent(bed: Bed, sent: ReadonlySet<string>): Promise<number> {
  const made = await bed.database.query<{ id: string }>(
    `SELECT id FROM deliveries WHERE status = 'delivered'`,
  )
  return made.filter(({ id }) => !sent.has(id)).length
}
