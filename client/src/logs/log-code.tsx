import { CodeChip } from '../components/code-chip.js'
import type { Log } from './log.js'
import { codeTone } from './look.js'

/** The error code of a log, where it has one. */
export function LogCode({ log }: { readonly log: Pick<Log, 'logType' | 'status' | 'errorCode'> }) {
  return log.errorCode === null ? null : <CodeChip code={log.errorCode} tone={codeTone(log)} />
}
