import { createHandlers, type HandlerDeps } from '../../src/actions/index.js'
import type { Notice } from '../../src/actions/handler.js'
import { createOutboundHttp } from '../../src/actions/outbound-http.js'
import type { Alert } from '../../src/alerts/alert.js'
import type { Rule } from '../../src/rules/rule.js'
import type { Log } from '../../src/sources/log.js'

const noon = new Date('2026-03-01T12:00:00.000Z')

export function aRule(over: Partial<Rule> = {}): Rule {
  return {
    id: '11111111-1111-4111-8111-111111111111',
    name: 'Carrier trouble',
    description: 'Undelivered messages',
    enabled: true,
    logType: 'message',
    patternType: 'error_code',
    patternValue: '30003',
    thresholdCount: null,
    thresholdWindowMinutes: null,
    cooldownMinutes: 0,
    managedBy: null,
    createdAt: noon,
    updatedAt: noon,
    conditionChangedAt: noon,
    deletedAt: null,
    ...over,
  }
}

export function aLog(over: Partial<Log> = {}): Log {
  return {
    id: '22222222-2222-4222-8222-222222222222',
    twilioSid: 'SM00000000000000000000000000000001',
    accountSid: 'AC00000000000000000000000000000001',
    logType: 'message',
    timestamp: noon,
    status: 'undelivered',
    errorCode: '30003',
    errorMessage: 'Unreachable destination handset',
    fromNumber: '+15005550006',
    toNumber: '+15005550009',
    text: 'Your code is 1234',
    rawData: { direction: 'outbound-api', price: '-0.0075' },
    processed: true,
    createdAt: noon,
    updatedAt: noon,
    ...over,
  }
}

export function anAlert(over: Partial<Alert> = {}): Alert {
  return {
    id: '33333333-3333-4333-8333-333333333333',
    ruleId: aRule().id,
    logId: aLog().id,
    matchCount: 1,
    state: 'firing',
    summary: 'Carrier trouble: message to +15005550009 undelivered (30003)',
    reason: 'started-to-match',
    cause: 'message to +15005550009 undelivered (30003)',
    triggeredAt: noon,
    ...over,
  }
}

export function aNotice(over: Partial<Notice> = {}): Notice {
  return {
    kind: 'alert',
    deliveryId: '44444444-4444-4444-8444-444444444444',
    alert: anAlert(),
    rule: aRule(),
    log: aLog(),
    folded: [],
    lastResult: null,
    ...over,
  }
}

export const never = new AbortController().signal

/** Handlers that may reach this machine, with no mail server and a log that goes nowhere. */
export function someHandlers(over: Partial<HandlerDeps> = {}) {
  return createHandlers({
    smtp: null,
    http: createOutboundHttp({ allowPrivateNetworks: true }),
    log: () => undefined,
    webhook: { timeoutSeconds: 5, retryAttempts: 3 },
    retryAttempts: 8,
    publicUrl: 'http://127.0.0.1:8000',
    demo: false,
    maskNumbers: false,
    ...over,
  })
}
