import { setTimeout as pause } from 'node:timers/promises'
import { keep, reply, startSmtpSink, type ReceivedMail } from '../../actions/smtp-sink.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { until } from '../until.js'
import { untilSwept } from '../work.js'

const FAILURES = 5

/** How long the tarpit takes to answer, in milliseconds. */
const TARPIT_MS = 60_000

/** Each recipient stands for what the mail server does to whoever writes to them. */
const recipients = {
  'fine@example.com': 'delivered',
  'busy@example.com': 'delivered',
  'full@example.com': 'delivered',
  'gone@example.com': 'failed',
  'cut@example.com': 'delivered',
  'tarpit@example.com': 'delivered',
} as const

export const mailTrouble: Fault = {
  row: 28,
  name: 'SMTP 421 and 451 at first, 550, a cut after DATA, a tarpit of 60 s',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const got: ReceivedMail[] = []
    const tries = new Map<string, number>()
    const sink = await startSmtpSink({
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, answer) => {
        const count = (tries.get(address) ?? 0) + 1
        tries.set(address, count)
        if (address.startsWith('busy') && count <= FAILURES) answer(reply(421, 'closing'))
        else if (address.startsWith('full') && count <= FAILURES) answer(reply(451, 'try later'))
        else if (address.startsWith('gone')) answer(reply(550, 'no such user'))
        else if (address.startsWith('tarpit') && count === 1) void pause(TARPIT_MS).then(() => answer())
        else answer()
      },
      onData: (stream, session, answer) => {
        const take = async () => {
          const mail = await keep(stream, session)
          got.push(mail)
          const isFirst = got.filter((one) => one.mail.messageId === mail.mail.messageId).length === 1
          // Taken, and the client never learns of it: only the Message-ID tells that the next one is the same.
          if (mail.recipients.includes('cut@example.com') && isFirst) sink.hangUp()
          else answer()
        }
        // Whoever was cut off in the middle is tried again.
        take().catch(() => undefined)
      },
    })
    try {
      const product = await bed.ready({ SMTP_PORT: String(sink.settings.port) })
      await product.graphql(
        'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
        {
          input: {
            name: 'by mail',
            patternType: 'ERROR_CODE',
            patternValue: '30003',
            actions: Object.keys(recipients).map((address) => ({
              actionType: 'EMAIL',
              config: { recipients: [address] },
            })),
          },
        },
      )
      await untilSwept(product)
      for (let n = 0; n < FAILURES; n++)
        bed.twilio.world.addMessage({ status: 'undelivered', error_code: 30003 })
      const others = await until('all but the tarpit have theirs', async () => {
        const [made] = await bed.database.query<{ made: number }>(
          `SELECT count(*)::int AS made FROM deliveries WHERE status <> 'pending'`,
        )
        return (made?.made ?? 0) >= FAILURES * (Object.keys(recipients).length - 1)
      })
      bed.progress('the tarpit is waited for')
      await until(
        'nothing is owed',
        async () => {
          const [owed] = await bed.database.query<{ owed: number }>(
            `SELECT count(*)::int AS owed FROM deliveries WHERE status = 'pending'`,
          )
          return owed?.owed === 0
        },
        240_000,
      )
      const ends = await bed.database.query<{ address: string; status: string; id: string }>(
        `SELECT a.config->'recipients'->>0 AS address, d.status, d.id FROM deliveries d JOIN actions a ON a.id = d.action_id`,
      )
      let missed = 0
      for (const [address, status] of Object.entries(recipients)) {
        const made = ends.filter((end) => end.address === address)
        if (made.length !== FAILURES || made.some((end) => end.status !== status))
          broken.push(`${address}: ${made.map((end) => end.status).join(', ')}`)
        if (status === 'delivered')
          missed += made.filter(({ id }) => !got.some(({ mail }) => mail.messageId?.includes(id))).length
      }
      const ids = got.map(({ mail }) => mail.messageId)
      broken.push(...(await endWell(product)))
      return proof({
        broken,
        missed,
        repeated: ids.length - new Set(ids).size,
        recoveredMs: [others],
        notes: ['repeats carry the Message-ID of the first'],
      })
    } finally {
      await sink.stop()
    }
  },
}
