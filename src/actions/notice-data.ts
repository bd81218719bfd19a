import { AlertReason, AlertState } from '../alerts/alert.js'
import { PatternType } from '../rules/rule.js'
import { LogType } from '../sources/log.js'
import { explainErrorCode } from '../sources/error-codes.js'
import type { Notice } from './handler.js'

/** Larger raw records are left out of messages: receivers cap what they take, and the log's id finds the rest. */
const MAX_RAW_DATA_LENGTH = 16_384

/** The event type that webhooks carry. */
export function noticeType({ kind }: Notice): string {
  return { alert: 'alert.triggered', fold: 'alert.folded', resolve: 'alert.resolved', test: 'alert.test' }[
    kind
  ]
}

/** The notice in one sentence, for chat tools, subjects and log lines. */
export function headline(notice: Notice): string {
  const { kind, alert, rule, folded } = notice
  if (kind === 'fold') {
    const count = foldedCount(notice)
    const rules = folded.length > 1 ? `${folded.length} rules` : `rule "${rule.name}"`
    return `${count} more ${count === 1 ? 'alert' : 'alerts'} of ${rules}`
  }
  // A test's made-up alert says itself that it is one.
  return kind === 'resolve' ? `Resolved: ${alert.summary}` : alert.summary
}

/** How many deliveries a folding message stands for; 0 for any other. */
export function foldedCount({ folded }: Notice): number {
  return folded.reduce((sum, { count }) => sum + count, 0)
}

/** Alert, rule and log as GraphQL spells them: camelCase, upper-case enum names, ISO times. */
export function noticeData({ alert, rule, log }: Notice) {
  return {
    alert: {
      id: alert.id,
      ruleId: alert.ruleId,
      logId: alert.logId,
      matchCount: alert.matchCount,
      state: nameIn(AlertState, alert.state),
      summary: alert.summary,
      reason: alert.reason && nameIn(AlertReason, alert.reason),
      cause: alert.cause,
      triggeredAt: alert.triggeredAt.toISOString(),
    },
    rule: {
      id: rule.id,
      name: rule.name,
      description: rule.description,
      enabled: rule.enabled,
      logType: rule.logType && nameIn(LogType, rule.logType),
      patternType: nameIn(PatternType, rule.patternType),
      patternValue: rule.patternValue,
      thresholdCount: rule.thresholdCount,
      thresholdWindowMinutes: rule.thresholdWindowMinutes,
      cooldownMinutes: rule.cooldownMinutes,
      createdAt: rule.createdAt.toISOString(),
      updatedAt: rule.updatedAt.toISOString(),
    },
    log: log && {
      id: log.id,
      twilioSid: log.twilioSid,
      accountSid: log.accountSid,
      logType: nameIn(LogType, log.logType),
      timestamp: log.timestamp.toISOString(),
      status: log.status,
      errorCode: log.errorCode,
      errorMessage: log.errorMessage,
      fromNumber: log.fromNumber,
      toNumber: log.toNumber,
      rawData: (JSON.stringify(log.rawData) ?? '').length > MAX_RAW_DATA_LENGTH ? null : log.rawData,
      createdAt: log.createdAt.toISOString(),
      updatedAt: log.updatedAt.toISOString(),
    },
  }
}

/**
 * The variables of templates: `rule.*`, `alert.*`, `log.*`, `error.name|description|remedy|url`, `delivery.id`,
 * `folded.count`, `type`. `alert.summary` is the headline here, so that a payload written for alerts also says
 * what a folding or test message is.
 */
export function noticeVariables(notice: Notice): Record<string, unknown> {
  const { alert, rule, log } = noticeData(notice)
  const code = notice.log?.errorCode
  return {
    type: noticeType(notice),
    alert: { ...alert, summary: headline(notice) },
    rule,
    log: log && { ...log, text: notice.log?.text ?? null },
    error: code ? explainErrorCode(code) : null,
    delivery: { id: notice.deliveryId },
    folded: { count: foldedCount(notice) },
  }
}

function nameIn(names: Readonly<Record<string, string>>, value: string): string {
  return Object.keys(names).find((name) => names[name] === value) ?? value.toUpperCase()
}
