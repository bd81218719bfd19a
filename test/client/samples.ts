import type { Alert, Delivery, Health, Log } from '../../client/src/records.js'

export function aLog(what: Partial<Log> = {}): Log {
  return {
    id: 'log-1',
    logType: 'MESSAGE',
    timestamp: '2026-03-01T12:00:00.000Z',
    status: 'sent',
    errorCode: null,
    fromNumber: '+12025550110',
    toNumber: '+14155550123',
    text: 'Hello',
    updatedAt: '2026-03-01T12:00:01.000Z',
    ...what,
  }
}

export function aDelivery(what: Partial<Delivery> = {}): Delivery {
  return {
    id: 'delivery-1',
    alertId: 'alert-1',
    actionType: 'EMAIL',
    status: 'PENDING',
    attemptCount: 0,
    nextAttemptAt: null,
    problem: null,
    ...what,
  }
}

export function anAlert(what: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    ruleName: 'Messages that fail',
    summary: 'Messages that fail: message SM1 is failed',
    state: 'FIRING',
    matchCount: 1,
    triggeredAt: '2026-03-01T12:00:02.000Z',
    deliveries: [aDelivery()],
    ...what,
  }
}

export function aHealth(what: Partial<Health> = {}): Health {
  return {
    status: 'ok',
    demo: false,
    version: '0.1.0',
    database: 'embedded',
    jobs: 'postgres',
    pubsub: 'memory',
    messages: [],
    sources: [],
    ...what,
  }
}

/** The moment so many seconds after noon of the day of the samples. */
export function atSecond(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 1, 12) + seconds * 1_000).toISOString()
}
