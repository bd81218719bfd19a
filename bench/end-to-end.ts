import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { startHttpSink } from '../test/actions/http-sink.js'
import { answering, startSmtpSink } from '../test/actions/smtp-sink.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import { endProducts } from '../test/fixtures/product.js'
import { simulatedTwilio } from '../test/fixtures/simulated-twilio.js'
import { ask } from './ask.js'
import type { Bench, Setting } from './bench.js'
import { quantile, rounded, type Figure } from './figure.js'
import { runProduct } from './product.js'

const LOGS = 500
/** A pause between two, in milliseconds, so that each goes its way alone. */
const PAUSE_MS = 50

/** Milliseconds until the mail server and the web server had all of it. */
interface Times {
  readonly email: number[]
  readonly webhook: number[]
}

/**
 * From a message that fails at Twilio, as it is listed there and `pollNow` is asked, until a mail server and a web server have
 * received all of what the product sends: read, stored, judged, claimed and sent by the product in a process of its own. Beside it
 * the same bytes on bare, open sockets to the same servers.
 */
export const endToEnd: Bench = { name: 'end-to-end', needsPostgres: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const { url, close } = await openTestDatabase()
  const twilio = await simulatedTwilio()
  const sinks = await startSinks()
  try {
    const product = await runProduct(url!, {
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
      TWILIO_BASE_URL: twilio.url,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sinks.smtpPort),
      EMAIL_MAX_PER_MINUTE: '0',
      STORM_MAX_PER_MINUTE: '0',
    })
    await ask(product, createRule(sinks.webhookUrl))
    // The first poll is backfill, which fires nothing.
    await ask(product, POLL)
    const sent: Times = { email: [], webhook: [] }
    let received: Received | null = null
    for (let n = 0; n < scaled(LOGS); n++) {
      await pause(PAUSE_MS)
      const both = sinks.next()
      const start = performance.now()
      twilio.world.addMessage({ status: 'undelivered', error_code: 30_003 })
      const polled = ask(product, POLL)
      received = await both
      keep(sent, start, received)
      await polled
    }
    const bare = await onBareSockets(sinks, received!, sent.email.length)
    return [figure('email', sent.email, bare.email), figure('webhook', sent.webhook, bare.webhook)]
  } finally {
    await endProducts()
    await sinks.stop()
    await twilio.stop()
    await close()
  }
}

const POLL = 'mutation { pollNow { stored } }'

function createRule(webhookUrl: string): string {
  return `mutation { createRule(input: { name: "Unreachable", patternType: ERROR_CODE, patternValue: "30003", actions: [
    { actionType: EMAIL, config: { recipients: ["on-call@example.com"] } }
    { actionType: WEBHOOK, config: { url: "${webhookUrl}" } }] }) { rule { id } } }`
}

function figure(what: string, times: readonly number[], bare: readonly number[]): Figure {
  const p99 = quantile(times, 0.99)
  return {
    what: `log listed at Twilio → ${what} received, p99`,
    measured: `p50 ${rounded(quantile(times, 0.5))} ms, p99 ${rounded(p99)} ms of ${times.length}; bare socket p99 ${rounded(quantile(bare, 0.99))} ms`,
    value: p99,
    unit: 'ms',
    goal: { atMost: 250 },
  }
}

function keep(times: Times, start: number, received: Received): void {
  times.email.push(received.email.at - start)
  times.webhook.push(received.webhook.at - start)
}

interface Received {
  readonly email: { readonly at: number; readonly text: string }
  readonly webhook: { readonly at: number; readonly text: string }
}

type Sinks = Awaited<ReturnType<typeof startSinks>>

async function startSinks() {
  let onEmail: (received: Received['email']) => void = () => undefined
  let onWebhook: (received: Received['webhook']) => void = () => undefined
  const smtp = await startSmtpSink({
    onData: answering(async (stream) => {
      const text = await textOf(stream)
      onEmail({ at: performance.now(), text })
    }),
  })
  const http = await startHttpSink()
  http.answerWith((response, { body }) => {
    onWebhook({ at: performance.now(), text: body })
    response.end('ok')
  })
  return {
    smtpPort: smtp.settings.port,
    webhookPort: http.port,
    webhookUrl: http.url,
    /** The next of each, once both are there. */
    async next(): Promise<Received> {
      const email = new Promise<Received['email']>((resolve) => (onEmail = resolve))
      const webhook = new Promise<Received['webhook']>((resolve) => (onWebhook = resolve))
      return { email: await email, webhook: await webhook }
    },
    async stop() {
      await smtp.stop()
      await http.stop()
    },
  }
}

/** The least that the same servers allow: the same bytes on sockets that are open already, one after the other. */
async function onBareSockets(sinks: Sinks, { email, webhook }: Received, count: number): Promise<Times> {
  const mail = connect({ port: sinks.smtpPort, host: '127.0.0.1', noDelay: true })
  const web = connect({ port: sinks.webhookPort, host: '127.0.0.1', noDelay: true })
  const times: Times = { email: [], webhook: [] }
  await once(mail, 'data')
  await say(mail, 'EHLO bench')
  const length = Buffer.byteLength(webhook.text)
  const head = `POST /hook HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`
  for (let n = 0; n < count; n++) {
    const both = sinks.next()
    const start = performance.now()
    web.write(head + webhook.text)
    const answered = once(web, 'data')
    for (const line of ['MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA', `${email.text}\r\n.`])
      await say(mail, line)
    keep(times, start, await both)
    await answered
  }
  for (const socket of [mail, web]) socket.destroy()
  return times
}

async function say(socket: Socket, line: string): Promise<void> {
  const answered = once(socket, 'data')
  socket.write(`${line}\r\n`)
  await answered
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
