import { connect, type Socket } from 'node:net'

import ipaddr from 'ipaddr.js'
import { createTransport } from 'nodemailer'

const CONNECT_TIMEOUT_MS = 10_000
const IMPLICIT_TLS_PORT = 465

/** How to reach the mail server. */
export interface SmtpSettings {
  readonly host: string
  readonly port: number
  readonly user: string | null
  readonly password: string | null
  /** The sender, with or without a display name. */
  readonly from: string
}

/** A pool of connections to the mail server: STARTTLS where it is offered, TLS at once on port 465. */
export function createSmtpPool({ host, port, user, password }: SmtpSettings) {
  return createTransport({
    pool: true,
    host,
    port,
    secure: port === IMPLICIT_TLS_PORT,
    ...(user !== null && password !== null && { auth: { user, pass: password } }),
    // A relay on this machine has a self-made certificate as a rule, and what is sent to it passes no network on
    // which somebody could stand in between. Towards any other host the certificate must be right.
    tls: { rejectUnauthorized: !isLoopback(host) },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    socketCloseTimeout: 1_000,
    // A server that hangs up before its greeting is retried by the delivery, not by the pool.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Without TCP_NODELAY the small commands of SMTP wait for the other side's delayed acknowledgements, 40 ms
    // each time. nodemailer goes on from the open connection as from its own: greeting, STARTTLS or TLS, login.
    getSocket: (
      _options: unknown,
      callback: (error: Error | null, socket?: { connection: Socket }) => void,
    ) => openSocket(host, port, callback),
  })
}

function openSocket(
  host: string,
  port: number,
  callback: (error: Error | null, socket?: { connection: Socket }) => void,
): void {
  const socket = connect({ host, port, noDelay: true })
  const tooSlow = setTimeout(() => socket.destroy(new Error('Connection timeout')), CONNECT_TIMEOUT_MS)
  const onError = (error: Error) => {
    clearTimeout(tooSlow)
    callback(error)
  }
  socket.once('error', onError)
  socket.once('connect', () => {
    clearTimeout(tooSlow)
    socket.off('error', onError)
    callback(null, { connection: socket })
  })
}

function isLoopback(host: string): boolean {
  if (/^(.+\.)?localhost\.?$/i.test(host)) return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback'
}
