import { FirstTables1763880000001 } from './0001-first-tables.js'
import { ApiKeys1763880000002 } from './0002-api-keys.js'
import { Webhooks1763880000003 } from './0003-webhooks.js'
import { Stats1763880000004 } from './0004-stats.js'
import { ManagedByFiles1763880000005 } from './0005-managed-by-files.js'
import { ReceiverReferences1763880000007 } from './0007-receiver-references.js'
import { AuditLog1763880000008 } from './0008-audit-log.js'
import { SystemAlerts1763880000009 } from './0009-system-alerts.js'
import { CountedDeliveries1763880000010 } from './0010-counted-deliveries.js'
import { DeliveriesByAlert1763880000011 } from './0011-deliveries-by-alert.js'
import { DroppedLogs1763880000012 } from './0012-dropped-logs.js'
import { ErasedNumbers1763880000013 } from './0013-erased-numbers.js'
import { WatchedSince1763880000014 } from './0014-watched-since.js'
import { WhatFails1763880000015 } from './0015-what-fails.js'
import { FoundDeliveries1763880000016 } from './0016-found-deliveries.js'
import { SetAside1763880000017 } from './0017-set-aside.js'
import { SuspectedTransitions1763880000018 } from './0018-suspected-transitions.js'
import { AlertLogs1763880000019 } from './0019-alert-logs.js'
import { ConditionChanged1763880000020 } from './0020-condition-changed.js'
import { WhyAlertsOpened1763880000021 } from './0021-why-alerts-opened.js'

/** In the order in which they run; a released one is never edited. */
export const migrations = [
  FirstTables1763880000001,
  ApiKeys1763880000002,
  Webhooks1763880000003,
  Stats1763880000004,
  ManagedByFiles1763880000005,
  ReceiverReferences1763880000007,
  AuditLog1763880000008,
  SystemAlerts1763880000009,
  CountedDeliveries1763880000010,
  DeliveriesByAlert1763880000011,
  DroppedLogs1763880000012,
  ErasedNumbers1763880000013,
  WatchedSince1763880000014,
  WhatFails1763880000015,
  FoundDeliveries1763880000016,
  SetAside1763880000017,
  SuspectedTransitions1763880000018,
  AlertLogs1763880000019,
  ConditionChanged1763880000020,
  WhyAlertsOpened1763880000021,
]
