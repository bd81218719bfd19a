import { networkInterfaces } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { keep, reply, startSmtpSink, type ReceivedMail } from '../../actions/smtp-sink.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import { addMessages, untilSwept } from '../work.js'

const FAILURES = 5

/** How long the tarpit takes to answer, in milliseconds. */
const TARPIT_MS = 60_000

/** By then all others must have their mails, in milliseconds: while the tarpit still holds whoever waits for it. */
const OTHERS_MS = 60_000

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
  name: 'SMTP without STARTTLS: 421 and 451 at first, 550, a cut after DATA, a tarpit of 60 s',
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
          if (mail.recipients.includes('cut@example.com') && isFirst) sink.hangUp(session)
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
          `SELECT count(*)::int AS made FROM deliveries d JOIN actions a ON a.id = d.action_id
            WHERE d.status <> 'pending' AND a.config->'recipients'->>0 <> 'tarpit@example.com'`,
        )
        return (made?.made ?? 0) >= FAILURES * (Object.keys(recipients).length - 1)
      })
      if (others > OTHERS_MS) broken.push(`the others waited ${seconds(others)}`)
      const [tarpit] = await bed.database.query<{ holds: number }>(
        `SELECT count(*)::int AS holds FROM deliveries WHERE status = 'pending' AND lease_until > clock_timestamp()`,
      )
      const held = tarpit?.holds ?? 0
      if (held > 1) broken.push(`one recipient that says nothing holds ${held} tries`)
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
        recovery: 'until all but those of the tarpit are at their end',
        notes: [
          'repeats carry the Message-ID of the first',
          `tries that the tarpit holds when all others are over: ${held}`,
        ],
      })
    } finally {
      await sink.stop()
    }
  },
}

/** The tries after the first. */
const RETRIES = 2

export const badCertificate: Fault = {
  row: 28,
  name: 'SMTP with STARTTLS and a certificate that has expired: on another host nothing is sent, on this one it is',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    // The certificate that the mail server comes with has expired; a name of this machine that is not loopback is another host.
    const elsewhere = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')
    if (!elsewhere) throw new Error('this machine has no address but loopback')
    const broken: string[] = []
    const [refused, taken] = [await startSmtpSink({}, elsewhere.address), await startSmtpSink({})]
    try {
      const { tries, ended } = await mailThrough(bed, refused.settings)
      broken.push(...ended)
      if (refused.received.length > 0)
        broken.push('something was sent to a server that could not prove its name')
      if (
        tries.length !== RETRIES + 1 ||
        tries.some(({ error }) => !error?.includes('certificate has expired'))
      )
        broken.push(`tries: ${JSON.stringify(tries)}`)
      const here = await mailThrough(bed, taken.settings)
      broken.push(...here.ended)
      const secure = taken.received.filter((mail) => mail.secure).length
      if (secure === 0 || secure !== taken.received.length)
        broken.push(`${secure} of ${taken.received.length} mails came encrypted`)
      return proof({ broken, notes: [`${tries.length} tries, each refused for: ${tries[0]?.error}`] })
    } finally {
      await refused.stop()
      await taken.stop()
    }
  },
}

interface MailTry {
  readonly error: string | null
}

/** One mail by a product of its own; the tries of its delivery, and what was wrong about the end of the product. */
async function mailThrough(
  bed: Bed,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly tries: readonly MailTry[]; readonly ended: readonly string[] }> {
  const product = await bed.ready({
    SMTP_HOST: host,
    SMTP_PORT: String(port),
    RETRY_ATTEMPTS: String(RETRIES),
  })
  const { createRule } = await product.graphql<{ createRule: { rule: { id: string } } }>(
    'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
    {
      input: {
        name: 'by mail',
        patternType: 'ERROR_CODE',
        patternValue: '30003',
        actions: [{ actionType: 'EMAIL', config: { recipients: ['ops@example.com'] } }],
      },
    },
  )
  await untilSwept(product)
  addMessages(bed, { failed: 1 })
  await until('its mail was tried to the end', async () => {
    const [made] = await bed.database.query<{ over: number }>(
      `SELECT count(*)::int AS over FROM deliveries WHERE status <> 'pending' AND rule_id = $1`,
      [createRule.rule.id],
    )
    return made?.over === 1
  })
  const tries = await bed.database.query<MailTry>(
    `SELECT t.error FROM delivery_attempts t JOIN deliveries d ON d.id = t.delivery_id WHERE d.rule_id = $1`,
    [createRule.rule.id],
  )
  return { tries, ended: await endWell(product) }
}
