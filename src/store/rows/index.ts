import { AccountRow } from './account-row.js'
import { ActionRow } from './action-row.js'
import { AlertLogRow } from './alert-log-row.js'
import { AlertRow } from './alert-row.js'
import { ApiKeyRow } from './api-key-row.js'
import { AuditRow } from './audit-row.js'
import { DeliveryAttemptRow } from './delivery-attempt-row.js'
import { DeliveryRow } from './delivery-row.js'
import { ErasedNumberRow } from './erased-number-row.js'
import { FeedRow } from './feed-row.js'
import { InboxRow } from './inbox-row.js'
import { LogRow } from './log-row.js'
import { LogTransitionRow } from './log-transition-row.js'
import { PollCursorRow } from './poll-cursor-row.js'
import { ReceiverRow } from './receiver-row.js'
import { RuleRow } from './rule-row.js'
import { RuleVerdictRow } from './rule-verdict-row.js'
import { SendRow } from './send-row.js'
import { SuspectedTransitionRow } from './suspected-transition-row.js'
import { SystemAlertRow } from './system-alert-row.js'
import { SystemStateRow } from './system-state-row.js'
import { ThresholdEpisodeRow } from './threshold-episode-row.js'
import { ThresholdMatchRow } from './threshold-match-row.js'
import { UnreadableRecordRow } from './unreadable-record-row.js'

/** Every table. */
export const rows = [
  AccountRow,
  PollCursorRow,
  LogRow,
  LogTransitionRow,
  SuspectedTransitionRow,
  UnreadableRecordRow,
  ReceiverRow,
  InboxRow,
  RuleRow,
  RuleVerdictRow,
  ThresholdMatchRow,
  ThresholdEpisodeRow,
  AlertRow,
  AlertLogRow,
  ActionRow,
  DeliveryRow,
  DeliveryAttemptRow,
  SendRow,
  FeedRow,
  SystemStateRow,
  SystemAlertRow,
  ApiKeyRow,
  AuditRow,
  ErasedNumberRow,
]
