import type { LogType } from '../api/documents.js'
import { say } from '../strings.js'

/**
 * The parameters of `/rules/new` for a rule that would have fired at this log: its error code, else its status, else its
 * text. The editor takes `name`, `logType`, `patternType` and `patternValue` as they are in `CreateRuleInput`.
 */
export function ruleForLog(log: {
  readonly logType: LogType
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
}): URLSearchParams {
  const { logType, status, errorCode, errorMessage } = log
  if (errorCode !== null)
    return new URLSearchParams({
      name: say.log.ruleForCode(errorCode),
      logType,
      patternType: 'ERROR_CODE',
      patternValue: errorCode,
    })
  if (status !== null)
    return new URLSearchParams({
      name: say.log.ruleForStatus(logType === 'CALL', status),
      logType,
      patternType: 'STATUS',
      patternValue: status,
    })
  const pattern = escaped(errorMessage ?? '')
  return new URLSearchParams({ logType, patternType: 'REGEX', patternValue: pattern })
}

/** The text as an RE2 pattern that finds just it. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
