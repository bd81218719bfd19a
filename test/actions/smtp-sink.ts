import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'

import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

export interface ReceivedMail {
  readonly recipients: readonly string[]
  readonly sender: string
  readonly secure: boolean
  readonly raw: string
  readonly mail: ParsedMail
}

/** An SMTP reply other than success. */
export function reply(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code })
}

/** A real mail server on a free port of this address; `options` make it refuse, stall or hang up. */
export async function startSmtpSink(options: SMTPServerOptions = {}, host = '127.0.0.1') {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onData: answering(async (stream, session) => void received.push(await keep(stream, session))),
    ...options,
  })
  // Clients that are cut off on purpose reset their connections.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(0, host, resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    received,
    settings: {
      host,
      port,
      user: null,
      password: null,
      from: 'GiftPulse <giftpulse@example.com>',
    },
    /** Closes every connection, or that of one session, in the middle of whatever it is doing. */
    hangUp(session?: SMTPServerSession) {
      for (const connection of server.connections as Set<{ readonly id: string; close(): void }>)
        if (session === undefined || connection.id === session.id) connection.close()
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** An `onData` that answers with success once `take` is done. */
export function answering(
  take: (stream: Readable, session: SMTPServerSession) => Promise<void>,
): NonNullable<SMTPServerOptions['onData']> {
  return (stream, session, callback) => {
    const takeAndAnswer = async () => {
      await take(stream, session)
      callback()
    }
    void takeAndAnswer()
  }
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export async function keep(stream: Readable, session: SMTPServerSession): Promise<ReceivedMail> {
  const raw = await readText(stream)
  const { mailFrom, rcptTo } = session.envelope
  return {
    recipients: rcptTo.map(({ address }) => address),
    sender: mailFrom === false ? '' : mailFrom.address,
    secure: session.secure,
    raw,
    mail: await simpleParser(raw),
  }
}
