import type { AuditAction } from '../../../api/documents.js'
import type { IconName } from '../../../components/icon.js'

const icons: Readonly<Record<string, IconName>> = {
  CREATE: 'plus',
  UPDATE: 'edit',
  DELETE: 'trash',
  APPLY: 'code',
  RETRY: 'refresh',
  REPLAY: 'refresh',
  REVOKE: 'cross',
  ROTATE: 'contrast',
  ERASE: 'trash',
  RESTORE: 'download',
  TEST: 'send',
  POLL: 'activity',
  READ: 'info',
} satisfies Record<AuditAction, IconName>

/** What was done, as a drawing; more may follow. */
export function auditIcon(action: string): IconName {
  return icons[action] ?? 'edit'
}
