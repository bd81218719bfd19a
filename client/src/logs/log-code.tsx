import type { LogType } from '../api/documents.js'
import { CodeChip } from '../components/code-chip.js'

interface LogCodeProps {
  readonly logType: LogType
  readonly code: string | null
}

/** The error code of a log, where it has one. What a code of a custom webhook means, its sender alone knows: it is no verdict. */
export function LogCode({ logType, code }: LogCodeProps) {
  return code === null ? null : <CodeChip code={code} isError={logType !== 'CUSTOM'} />
}
