import { registerEnumType } from 'type-graphql'
import { ActionType } from '../actions/action.js'
import { DeliveryStatus } from '../actions/delivery.js'
import { AlertReason, AlertState } from '../alerts/alert.js'
import { AuditAction, AuditObject } from '../audit/audit-entry.js'
import { AuditActor } from '../audit/caller.js'
import { ChangeAction, ConfigurationKind } from '../commands/configuration/change.js'
import { ApiScope } from '../keys/scope.js'
import { InboxState } from '../inbox/inbox-entry.js'
import { PatternType } from '../rules/rule.js'
import { LogType } from '../sources/log.js'
import { LogDimension } from '../store/log-stats.js'
import { HealthCode } from '../watch/health-notice.js'

registerEnumType(LogType, {
  name: 'LogType',
  description: 'What kind of record a log is. ERROR to DEBUG are Twilio Monitor alerts by their level.',
  valuesConfig: {
    CALL: { description: 'A voice call.' },
    MESSAGE: { description: 'An SMS, MMS or chat message.' },
    ERROR: { description: 'A Twilio Monitor alert of the level error.' },
    WARNING: { description: 'A Twilio Monitor alert of the level warning.' },
    NOTICE: { description: 'A Twilio Monitor alert of the level notice.' },
    DEBUG: { description: 'A Twilio Monitor alert of the level debug.' },
    CUSTOM: { description: 'A record that another system sent to a custom webhook.' },
  },
})

registerEnumType(PatternType, {
  name: 'PatternType',
  description: 'What a rule looks for; more may follow.',
  valuesConfig: {
    ERROR_CODE: {
      description: 'The error code, by a comma list with ranges and exclusions: 30001,30003-30008,!30006',
    },
    REGEX: {
      description: 'An RE2 pattern, searched in the error message, then in the message body or alert text.',
    },
    STATUS: { description: 'The status, by a comma list without case: failed,undelivered' },
    THRESHOLD: { description: 'So many matching logs within so many minutes of log time.' },
    SYSTEM: {
      description:
        'What GiftPulse says of itself, by a comma list: SOURCE_STALE,CREDENTIALS_REFUSED,RULE_FAILS,ACTION_FAILS. Its alert stands until the trouble is over, and says so then.',
    },
  },
})

registerEnumType(ActionType, {
  name: 'ActionType',
  description: 'What can be done for an alert; more may follow.',
  valuesConfig: {
    EMAIL: { description: 'One email to every recipient.' },
    WEBHOOK: { description: 'A signed JSON request to a URL.' },
    LOG: { description: "One structured line in the program's own log." },
  },
})

registerEnumType(InboxState, {
  name: 'InboxState',
  description: 'Where a received webhook stands; more may follow.',
  valuesConfig: {
    PENDING: { description: 'Stored, and waiting to be worked.' },
    DONE: { description: 'Worked: it is in its log.' },
    IGNORED: { description: 'Nothing follows from it; error says why.' },
    FAILED: { description: 'Set aside; error says why, and it can be replayed.' },
  },
})

registerEnumType(AlertState, {
  name: 'AlertState',
  description: 'Whether an alert still stands; more may follow.',
  valuesConfig: {
    FIRING: {
      description: 'It stands: its cooldown or window has not ended, or it is younger than 5 minutes.',
    },
    RESOLVED: { description: 'It is over; nothing is sent for that.' },
  },
})

registerEnumType(AlertReason, {
  name: 'AlertReason',
  description: 'Why an alert opened; more may follow.',
  valuesConfig: {
    STARTED_TO_MATCH: { description: 'A log started to match, or what a SYSTEM rule names began.' },
    COUNT_REACHED: { description: 'THRESHOLD: some window came to hold the count.' },
    COOLDOWN_OVER: {
      description:
        'THRESHOLD: a match came after the cooldown of the alert before, and its window still held the count.',
    },
  },
})

registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'Where a delivery stands.',
  valuesConfig: {
    PENDING: { description: 'Owed: being tried now, or waiting for its next try.' },
    DELIVERED: { description: 'Accepted by the other side.' },
    FAILED: { description: 'Given up, with the reason in actionResult; it can be retried.' },
    SUPPRESSED: {
      description:
        'Not to be sent, with the reason in actionResult: disabled, deleted or folded into another.',
    },
  },
})

registerEnumType(ConfigurationKind, {
  name: 'ConfigurationKind',
  description: 'What files can say something of; more may follow.',
  valuesConfig: {
    RULE: { description: 'A rule with its actions.' },
    RECEIVER: { description: 'A receiver of custom webhooks.' },
  },
})

registerEnumType(ChangeAction, {
  name: 'ChangeAction',
  description: 'What applying files does to one object.',
  valuesConfig: {
    CREATE: { description: 'It is made.' },
    UPDATE: { description: 'It is changed, or managed by these files from now on.' },
    DELETE: { description: 'It is deleted: the files have it no longer.' },
    KEEP: { description: 'It stays as it is.' },
  },
})

registerEnumType(ApiScope, {
  name: 'ApiScope',
  description: 'What a key may do. OPERATE includes READ, and ADMIN everything.',
  valuesConfig: {
    READ: { description: 'Every query and subscription, but for those of ADMIN.' },
    OPERATE: { description: 'What operators change: rules, actions, tests, retries, polls.' },
    PII: { description: 'Phone numbers whole, where the key may read; without it they are masked.' },
    ADMIN: { description: 'Everything, keys and settings too.' },
  },
})

registerEnumType(LogDimension, {
  name: 'LogDimension',
  description: 'By what logs are told apart when they are counted; more may follow.',
  valuesConfig: {
    LOG_TYPE: { description: 'The kind of record.' },
    STATUS: { description: 'The newest status.' },
    ERROR_CODE: { description: 'The newest error code.' },
    COUNTRY: { description: 'The region of toNumber, by its calling code and area.' },
  },
})

registerEnumType(HealthCode, {
  name: 'HealthCode',
  description: 'What an operator may have to know; more may follow.',
  valuesConfig: {
    DEMO: { description: 'The logs are those of the demo account.' },
    NOTHING_WATCHED: { description: 'No Twilio account is watched.' },
    NO_AUTH_TOKEN: { description: 'Without an auth token webhooks from Twilio are refused.' },
    WEBHOOKS_REFUSED: { description: 'Many webhooks from Twilio are refused for their signature.' },
    SERVICE_AWAY: { description: 'What keeps jobs or carries events is away.' },
    CLOCK_WRONG: { description: 'The clocks of this process and of the database differ.' },
    SOURCE_FAILS: { description: 'A list of the account cannot be read: SourceHealth.error says why.' },
    SOURCE_STALE: { description: 'A list of the account has not been read for too long, without an error.' },
    RULE_FAILS: { description: 'A rule throws, so that it finds nothing.' },
    LOG_SET_ASIDE: { description: 'Statuses of logs could not be judged.' },
    ACTION_FAILS: {
      description:
        'Actions have failed at every try since they last worked: the deliveries of DeliveryFilter.failing.',
    },
    DELIVERY_LATE: { description: 'A delivery is due and nobody takes it.' },
    WEBHOOK_LATE: { description: 'A received webhook waits and nobody works it.' },
  },
})

registerEnumType(AuditActor, {
  name: 'AuditActor',
  description: 'What kind of caller changed something; more may follow.',
  valuesConfig: {
    ADMINISTRATOR: { description: 'Whoever has the key of API_KEY.' },
    KEY: { description: 'Whoever has another key.' },
    CLI: { description: 'A command run on the database itself, past the API.' },
    SYSTEM: { description: 'The program by itself.' },
  },
})

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What was done; more may follow.',
  valuesConfig: {
    CREATE: { description: 'It was made.' },
    UPDATE: { description: 'It was changed.' },
    DELETE: { description: 'It was deleted.' },
    APPLY: { description: 'Files were applied; what they changed has entries of its own.' },
    RETRY: { description: 'It was tried again by hand.' },
    REPLAY: { description: 'It was worked again by hand.' },
    REVOKE: { description: 'It was revoked.' },
    ERASE: { description: 'It was erased from everything that is stored.' },
    RESTORE: { description: 'It was filled from a backup.' },
    ROTATE: { description: 'It was encrypted with a new key.' },
    TEST: { description: 'It was tried by hand, which really sends.' },
    POLL: { description: 'Twilio was polled by hand.' },
    READ: { description: 'It was read; noted once an hour for each key.' },
  },
})

registerEnumType(AuditObject, {
  name: 'AuditObject',
  description: 'To what something was done; more may follow.',
  valuesConfig: {
    RULE: { description: 'A rule.' },
    ACTION: { description: 'An action of a rule.' },
    RECEIVER: { description: 'A receiver of custom webhooks.' },
    API_KEY: { description: 'A key of the API.' },
    CONFIGURATION: { description: 'Rules and receivers as files say them.' },
    DELIVERY: { description: 'A delivery, or many.' },
    RECEIVED: { description: 'A received webhook.' },
    NUMBER: { description: 'A phone number.' },
    INSTALLATION: { description: 'All that is stored.' },
    PERSONAL_DATA: { description: 'Phone numbers, whole.' },
    SECRETS: { description: 'The stored secrets, all of them.' },
  },
})

export {
  ActionType,
  AlertReason,
  AlertState,
  ApiScope,
  AuditAction,
  AuditActor,
  AuditObject,
  ChangeAction,
  ConfigurationKind,
  DeliveryStatus,
  HealthCode,
  LogDimension,
  InboxState,
  LogType,
  PatternType,
}
