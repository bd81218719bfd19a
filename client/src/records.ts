/** What the page shows, as it keeps it: parsed once from what the API answers (`reading.ts`). Dates are ISO 8601 texts in UTC. */

export type LogType = 'CALL' | 'MESSAGE' | 'ERROR' | 'WARNING' | 'NOTICE' | 'DEBUG' | 'CUSTOM'

export interface Log {
  readonly id: string
  readonly logType: LogType
  readonly timestamp: string
  readonly status: string | null
  readonly errorCode: string | null
  readonly fromNumber: string | null
  readonly toNumber: string | null
  /** What Twilio says of the error; the message's own words where there is none. */
  readonly text: string | null
  /** Grows with every change: tells the newer of two versions. */
  readonly updatedAt: string
}

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED' | 'SUPPRESSED'

export interface Delivery {
  readonly id: string
  readonly alertId: string
  /** `EMAIL`, `WEBHOOK`, `LOG`; more may follow. */
  readonly actionType: string
  readonly status: DeliveryStatus
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
  /** Why it failed, was suppressed or must be tried again; null where all is well. */
  readonly problem: string | null
}

export interface Alert {
  readonly id: string
  readonly ruleName: string
  readonly summary: string
  /** `FIRING`, `RESOLVED`; more may follow. */
  readonly state: string
  readonly matchCount: number
  readonly triggeredAt: string
  readonly deliveries: readonly Delivery[]
}

/** What changes in an alert without an event of its own. */
export type AlertProgress = Pick<Alert, 'id' | 'state' | 'matchCount'>

export interface SourceHealth {
  readonly accountSid: string
  readonly source: string
  readonly lastSuccessAt: string | null
  /** Seconds since then, by the server's clock, when this was asked. */
  readonly lagSeconds: number | null
  readonly error: string | null
}

export interface Health {
  readonly status: string
  readonly demo: boolean
  readonly version: string
  readonly database: string
  readonly jobs: string
  readonly pubsub: string
  readonly messages: readonly string[]
  readonly sources: readonly SourceHealth[]
}
