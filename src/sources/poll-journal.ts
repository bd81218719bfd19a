import { messageOf } from '../errors.js'
import type { SourceName } from './log.js'
import { TwilioReadError } from './twilio-read-error.js'

/** What the program's logger offers, as far as polling needs it. */
export interface PollLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Tells the program's log how each source fares: one line when its state changes, not one a poll. */
export class PollJournal {
  private readonly troubles = new Map<SourceName, string>()

  constructor(
    private readonly accountSid: string,
    private readonly logger: PollLogger,
  ) {}

  recovered(source: SourceName, failures: number): void {
    if (!this.troubles.delete(source) && failures === 0) return
    this.logger.info({ accountSid: this.accountSid, source }, `Twilio's ${source} are read again`)
  }

  /** The list was read, single records could not be. */
  missed(source: SourceName, { kind, status, code, message }: TwilioReadError): void {
    this.logger.warn(
      { accountSid: this.accountSid, source, kind, status, code },
      `Some of Twilio's ${source} could not be read by their SID and are tried again later: ${message}`,
    )
  }

  /** A record was given up, kept as it came with the reason. */
  setAside(source: SourceName, twilioSid: string, reason: string): void {
    this.logger.error(
      { accountSid: this.accountSid, source, twilioSid, reason },
      `A record of Twilio's ${source} was set aside`,
    )
  }

  /** @param pauseMs how long the source rests now */
  failed(source: SourceName, failure: unknown, failures: number, pauseMs: number): void {
    const trouble = failure instanceof TwilioReadError ? `${failure.kind} ${failure.status}` : 'own'
    if (this.troubles.get(source) === trouble) return
    this.troubles.set(source, trouble)
    const fields = { accountSid: this.accountSid, source, failures, retryInSeconds: pauseMs / 1_000 }
    if (failure instanceof TwilioReadError) {
      const { kind, status, code } = failure
      this.logger.warn(
        { ...fields, kind, status, code },
        `Reading Twilio's ${source} fails: ${failure.message}`,
      )
    } else {
      const stack = failure instanceof Error ? failure.stack : undefined
      this.logger.error({ ...fields, stack }, `Polling Twilio's ${source} fails: ${messageOf(failure)}`)
    }
  }

  /** The end of a poll could not be recorded: the store is away, and its lease will run out by itself. */
  unrecorded(source: SourceName, thrown: unknown): void {
    this.logger.error(
      { accountSid: this.accountSid, source },
      `How the poll of Twilio's ${source} ended could not be recorded: ${messageOf(thrown)}`,
    )
  }
}
