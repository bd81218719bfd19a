// Written by `npm run documents` from schema.graphql and the .graphql files; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What can be done for an alert; more may follow. */
export type ActionType =
  /** One email to every recipient. */
  | 'EMAIL'
  /** One structured line in the program's own log. */
  | 'LOG'
  /** A signed JSON request to a URL. */
  | 'WEBHOOK';

/** Which alerts are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing. */
export type AlertFilter = {
  /** Opened at this log. */
  readonly logId?: string | number | null | undefined;
  /** Of one of these rules. */
  readonly ruleId?: ReadonlyArray<string | number> | null | undefined;
  /** Triggered at or after it. */
  readonly since?: string | null | undefined;
  /** In one of these states. */
  readonly state?: ReadonlyArray<AlertState> | null | undefined;
  /** Triggered before it. */
  readonly until?: string | null | undefined;
};

/** Why an alert opened; more may follow. */
export type AlertReason =
  /** THRESHOLD: a match came after the cooldown of the alert before, and its window still held the count. */
  | 'COOLDOWN_OVER'
  /** THRESHOLD: some window came to hold the count. */
  | 'COUNT_REACHED'
  /** A log started to match, or what a SYSTEM rule names began. */
  | 'STARTED_TO_MATCH';

/** Whether an alert still stands; more may follow. */
export type AlertState =
  /** It stands: its cooldown or window has not ended, or it is younger than 5 minutes. */
  | 'FIRING'
  /** It is over; nothing is sent for that. */
  | 'RESOLVED';

/** What a key may do. OPERATE includes READ, and ADMIN everything. */
export type ApiScope =
  /** Everything, keys and settings too. */
  | 'ADMIN'
  /** What operators change: rules, actions, tests, retries, polls. */
  | 'OPERATE'
  /** Phone numbers whole, where the key may read; without it they are masked. */
  | 'PII'
  /** Every query and subscription, but for those of ADMIN. */
  | 'READ';

/** What was done; more may follow. */
export type AuditAction =
  /** Files were applied; what they changed has entries of its own. */
  | 'APPLY'
  /** It was made. */
  | 'CREATE'
  /** It was deleted. */
  | 'DELETE'
  /** It was erased from everything that is stored. */
  | 'ERASE'
  /** Twilio was polled by hand. */
  | 'POLL'
  /** It was read; noted once an hour for each key. */
  | 'READ'
  /** It was worked again by hand. */
  | 'REPLAY'
  /** It was filled from a backup. */
  | 'RESTORE'
  /** It was tried again by hand. */
  | 'RETRY'
  /** It was revoked. */
  | 'REVOKE'
  /** It was encrypted with a new key. */
  | 'ROTATE'
  /** It was tried by hand, which really sends. */
  | 'TEST'
  /** It was changed. */
  | 'UPDATE';

/** What kind of caller changed something; more may follow. */
export type AuditActor =
  /** Whoever has the key of API_KEY. */
  | 'ADMINISTRATOR'
  /** A command run on the database itself, past the API. */
  | 'CLI'
  /** Whoever has another key. */
  | 'KEY'
  /** The program by itself. */
  | 'SYSTEM';

/** Which changes are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing. */
export type AuditFilter = {
  /** One of these. */
  readonly action?: ReadonlyArray<AuditAction> | null | undefined;
  /** Made by one of these kinds of callers. */
  readonly actor?: ReadonlyArray<AuditActor> | null | undefined;
  /** Made with one of these keys. */
  readonly keyId?: ReadonlyArray<string | number> | null | undefined;
  /** Done to one of these. */
  readonly objectId?: ReadonlyArray<string | number> | null | undefined;
  /** Done to one of these kinds of things. */
  readonly objectType?: ReadonlyArray<AuditObject> | null | undefined;
  /** Made by this request. */
  readonly requestId?: string | null | undefined;
  /** Made at or after it. */
  readonly since?: string | null | undefined;
  /** Made before it. */
  readonly until?: string | null | undefined;
};

/** To what something was done; more may follow. */
export type AuditObject =
  /** An action of a rule. */
  | 'ACTION'
  /** A key of the API. */
  | 'API_KEY'
  /** Rules and receivers as files say them. */
  | 'CONFIGURATION'
  /** A delivery, or many. */
  | 'DELIVERY'
  /** All that is stored. */
  | 'INSTALLATION'
  /** A phone number. */
  | 'NUMBER'
  /** Phone numbers, whole. */
  | 'PERSONAL_DATA'
  /** A received webhook. */
  | 'RECEIVED'
  /** A receiver of custom webhooks. */
  | 'RECEIVER'
  /** A rule. */
  | 'RULE'
  /** The stored secrets, all of them. */
  | 'SECRETS';

/** A new action of a rule. */
export type CreateActionInput = {
  /** What is done. */
  readonly actionType: ActionType;
  /** The settings of its type. EMAIL: recipients, subject, template, body, priority. WEBHOOK: url, method, headers, payload, secret, timeoutSeconds. LOG: level, message. */
  readonly config: unknown;
  /** Whether new alerts make it act. */
  readonly enabled?: boolean | null | undefined;
  /** The rule it belongs to. */
  readonly ruleId: string | number;
};

/** A new key. */
export type CreateApiKeyInput = {
  /** When it stops to open anything, in the future; never where left out. */
  readonly expiresAt?: string | null | undefined;
  /** What people call it: 1 to 100 characters. */
  readonly name: string;
  /** What it may do: one scope at least. */
  readonly scopes: ReadonlyArray<ApiScope>;
};

/** A new receiver. */
export type CreateReceiverInput = {
  /** What it is for. */
  readonly description?: string | null | undefined;
  /** Whether it takes anything in. */
  readonly enabled?: boolean | null | undefined;
  /** Makes a new secret, which the answer shows this once. */
  readonly generateSecret?: boolean | null | undefined;
  /** Where in a body the log is found; the plain fields where left out. */
  readonly mapping?: ReceiverMappingInput | null | undefined;
  /** The largest body, from 256 to 1048576 bytes. */
  readonly maxBytes?: number | null | undefined;
  /** 1 to 64 characters of a to z, 0 to 9 and -; no other has it. */
  readonly name: string;
  /** For signatures by Standard Webhooks: whsec_ and base64, or any other text of 8 to 512 characters. */
  readonly secret?: string | null | undefined;
  /** What the sender shows as Authorization: Bearer or X-Receiver-Token: 8 to 512 printable characters without spaces. */
  readonly token?: string | null | undefined;
};

/** A new rule, with its actions if you like. */
export type CreateRuleInput = {
  /** Its actions, made in the same transaction. */
  readonly actions?: ReadonlyArray<RuleActionInput> | null | undefined;
  /** For so many minutes after it fired, matches join the open alert instead of opening another. */
  readonly cooldownMinutes?: number | null | undefined;
  /** What it is for. */
  readonly description?: string | null | undefined;
  /** Whether it judges logs. */
  readonly enabled?: boolean | null | undefined;
  /** The kind of log it judges; null = any. */
  readonly logType?: LogType | null | undefined;
  /** What people call it; names need not be unique. */
  readonly name: string;
  /** What it looks for. */
  readonly patternType: PatternType;
  /** ERROR_CODE: 30001,30003-30008,!30006. STATUS: failed,undelivered. REGEX: an RE2 pattern. THRESHOLD, where given: code:, status: or regex: and one of these. */
  readonly patternValue?: string | null | undefined;
  /** THRESHOLD: how many matching logs. */
  readonly thresholdCount?: number | null | undefined;
  /** THRESHOLD: within how many minutes of log time. */
  readonly thresholdWindowMinutes?: number | null | undefined;
};

/** Which deliveries are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing. */
export type DeliveryFilter = {
  /** Of one of these actions. */
  readonly actionId?: ReadonlyArray<string | number> | null | undefined;
  /** For this alert. */
  readonly alertId?: string | number | null | undefined;
  /** Whether it is pending or failed, and was tried in vain since its action last worked; false where its rule or action is disabled or deleted. */
  readonly failing?: boolean | null | undefined;
  /** Whether it failed, and would be tried with all that failed, by retryFailedDeliveries: neither its rule nor its action is disabled or deleted. */
  readonly retriable?: boolean | null | undefined;
  /** Of one of these rules. */
  readonly ruleId?: ReadonlyArray<string | number> | null | undefined;
  /** Its alert triggered at or after it. */
  readonly since?: string | null | undefined;
  /** In one of these statuses. */
  readonly status?: ReadonlyArray<DeliveryStatus> | null | undefined;
  /** Its alert triggered before it. */
  readonly until?: string | null | undefined;
};

/** Where a delivery stands. */
export type DeliveryStatus =
  /** Accepted by the other side. */
  | 'DELIVERED'
  /** Given up, with the reason in actionResult; it can be retried. */
  | 'FAILED'
  /** Owed: being tried now, or waiting for its next try. */
  | 'PENDING'
  /** Not to be sent, with the reason in actionResult: disabled, deleted or folded into another. */
  | 'SUPPRESSED';

/** What an operator may have to know; more may follow. */
export type HealthCode =
  /** Actions have failed at every try since they last worked: the deliveries of DeliveryFilter.failing. */
  | 'ACTION_FAILS'
  /** The clocks of this process and of the database differ. */
  | 'CLOCK_WRONG'
  /** A delivery is due and nobody takes it. */
  | 'DELIVERY_LATE'
  /** The logs are those of the demo account. */
  | 'DEMO'
  /** Statuses of logs could not be judged. */
  | 'LOG_SET_ASIDE'
  /** No Twilio account is watched. */
  | 'NOTHING_WATCHED'
  /** Without an auth token webhooks from Twilio are refused. */
  | 'NO_AUTH_TOKEN'
  /** A rule throws, so that it finds nothing. */
  | 'RULE_FAILS'
  /** What keeps jobs or carries events is away. */
  | 'SERVICE_AWAY'
  /** A list of the account cannot be read: SourceHealth.error says why. */
  | 'SOURCE_FAILS'
  /** A list of the account has not been read for too long, without an error. */
  | 'SOURCE_STALE'
  /** Many webhooks from Twilio are refused for their signature. */
  | 'WEBHOOKS_REFUSED'
  /** A received webhook waits and nobody works it. */
  | 'WEBHOOK_LATE';

/** Where a received webhook stands; more may follow. */
export type InboxState =
  /** Worked: it is in its log. */
  | 'DONE'
  /** Set aside; error says why, and it can be replayed. */
  | 'FAILED'
  /** Nothing follows from it; error says why. */
  | 'IGNORED'
  /** Stored, and waiting to be worked. */
  | 'PENDING';

/** By what logs are told apart when they are counted; more may follow. */
export type LogDimension =
  /** The region of toNumber, by its calling code and area. */
  | 'COUNTRY'
  /** The newest error code. */
  | 'ERROR_CODE'
  /** The kind of record. */
  | 'LOG_TYPE'
  /** The newest status. */
  | 'STATUS';

/** Which logs are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing. */
export type LogFilter = {
  /** Of one of these accounts. */
  readonly accountSid?: ReadonlyArray<string> | null | undefined;
  /** One of these error codes. */
  readonly errorCode?: ReadonlyArray<string> | null | undefined;
  /** Exactly this sender. */
  readonly fromNumber?: string | null | undefined;
  /** One of these kinds. */
  readonly logType?: ReadonlyArray<LogType> | null | undefined;
  /** Whether the rules have judged its newest state. */
  readonly processed?: boolean | null | undefined;
  /** Contained, without case, in the error message, the text, the SID, the error code or a number; without PII in no number. */
  readonly search?: string | null | undefined;
  /** Timestamp at or after it. */
  readonly since?: string | null | undefined;
  /** One of these statuses, without case. */
  readonly status?: ReadonlyArray<string> | null | undefined;
  /** Exactly this receiver. */
  readonly toNumber?: string | null | undefined;
  /** One of these SIDs. */
  readonly twilioSid?: ReadonlyArray<string> | null | undefined;
  /** Timestamp before it. */
  readonly until?: string | null | undefined;
};

/** What kind of record a log is. ERROR to DEBUG are Twilio Monitor alerts by their level. */
export type LogType =
  /** A voice call. */
  | 'CALL'
  /** A record that another system sent to a custom webhook. */
  | 'CUSTOM'
  /** A Twilio Monitor alert of the level debug. */
  | 'DEBUG'
  /** A Twilio Monitor alert of the level error. */
  | 'ERROR'
  /** An SMS, MMS or chat message. */
  | 'MESSAGE'
  /** A Twilio Monitor alert of the level notice. */
  | 'NOTICE'
  /** A Twilio Monitor alert of the level warning. */
  | 'WARNING';

/** What a rule looks for; more may follow. */
export type PatternType =
  /** The error code, by a comma list with ranges and exclusions: 30001,30003-30008,!30006 */
  | 'ERROR_CODE'
  /** An RE2 pattern, searched in the error message, then in the message body or alert text. */
  | 'REGEX'
  /** The status, by a comma list without case: failed,undelivered */
  | 'STATUS'
  /** What GiftPulse says of itself, by a comma list: SOURCE_STALE,CREDENTIALS_REFUSED,RULE_FAILS,ACTION_FAILS. Its alert stands until the trouble is over, and says so then. */
  | 'SYSTEM'
  /** So many matching logs within so many minutes of log time. */
  | 'THRESHOLD';

/** Where in a body each is found. */
export type ReceiverMappingInput = {
  /** The error code. Names joined by dots, such as alert.labels.name, or a JSON pointer; null = the field of that name. */
  readonly errorCode?: string | null | undefined;
  /** The id of the log. Names joined by dots, such as alert.labels.name, or a JSON pointer; null = the field of that name. */
  readonly id?: string | null | undefined;
  /** The message. Names joined by dots, such as alert.labels.name, or a JSON pointer; null = the field of that name. */
  readonly message?: string | null | undefined;
  /** The status. Names joined by dots, such as alert.labels.name, or a JSON pointer; null = the field of that name. */
  readonly status?: string | null | undefined;
  /** When it happened. Names joined by dots, such as alert.labels.name, or a JSON pointer; null = the field of that name. */
  readonly timestamp?: string | null | undefined;
};

/** An action that is made together with its rule. */
export type RuleActionInput = {
  /** What is done. */
  readonly actionType: ActionType;
  /** The settings of its type. EMAIL: recipients, subject, template, body, priority. WEBHOOK: url, method, headers, payload, secret, timeoutSeconds. LOG: level, message. */
  readonly config: unknown;
  /** Whether new alerts make it act. */
  readonly enabled?: boolean | null | undefined;
};

/** What changes of an action; what is left out stays. */
export type UpdateActionInput = {
  /** The whole new config. The mask of a secret in it keeps the secret that is stored there. */
  readonly config?: unknown;
  /** Whether new alerts make it act; false also suppresses what is still unsent. */
  readonly enabled?: boolean | null | undefined;
};

/** What changes of a receiver; what is left out stays, null clears. */
export type UpdateReceiverInput = {
  /** What it is for. */
  readonly description?: string | null | undefined;
  /** Whether it takes anything in. */
  readonly enabled?: boolean | null | undefined;
  /** Makes a new secret, which the answer shows this once. The old one opens nothing any more. */
  readonly generateSecret?: boolean | null | undefined;
  /** The whole new mapping; null = the plain fields. */
  readonly mapping?: ReceiverMappingInput | null | undefined;
  /** The largest body, from 256 to 1048576 bytes. null = 65536. */
  readonly maxBytes?: number | null | undefined;
  /** For signatures by Standard Webhooks: whsec_ and base64, or any other text of 8 to 512 characters. The mask keeps the one that is stored. */
  readonly secret?: string | null | undefined;
  /** What the sender shows as Authorization: Bearer or X-Receiver-Token: 8 to 512 printable characters without spaces. The mask keeps the one that is stored. */
  readonly token?: string | null | undefined;
};

/** What changes of a rule: what is left out stays, null clears (only where a rule may be without it). */
export type UpdateRuleInput = {
  /** Minutes after firing in which matches join the open alert. */
  readonly cooldownMinutes?: number | null | undefined;
  /** What it is for. */
  readonly description?: string | null | undefined;
  /** Whether it judges logs; false also suppresses what is still unsent. */
  readonly enabled?: boolean | null | undefined;
  /** The kind of log it judges; null = any. */
  readonly logType?: LogType | null | undefined;
  /** What people call it. */
  readonly name?: string | null | undefined;
  /** What it looks for. */
  readonly patternType?: PatternType | null | undefined;
  /** The pattern, in the form that its type says. */
  readonly patternValue?: string | null | undefined;
  /** THRESHOLD: how many matching logs. */
  readonly thresholdCount?: number | null | undefined;
  /** THRESHOLD: within how many minutes of log time. */
  readonly thresholdWindowMinutes?: number | null | undefined;
};

export type RetryDeliveryMutationVariables = Exact<{
  id: string | number;
}>;


export type RetryDeliveryMutation = { readonly retryDelivery: { readonly delivery: { readonly id: string, readonly status: DeliveryStatus } } };

export type RetryFailedMutationVariables = Exact<{
  alertId?: string | number | null | undefined;
  ruleId?: string | number | null | undefined;
  since?: string | null | undefined;
  failing?: boolean | null | undefined;
}>;


export type RetryFailedMutation = { readonly retryFailedDeliveries: { readonly count: number } };

export type TriedDeliveryFragment = { readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null, readonly triggeredAt: string, readonly actionResult: unknown, readonly action: { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean, readonly deletedAt: string | null }, readonly attempts: ReadonlyArray<{ readonly at: string, readonly success: boolean, readonly durationMs: number, readonly statusCode: number | null, readonly error: string | null, readonly response: string | null }> };

export type FeedStartQueryVariables = Exact<{ [key: string]: never; }>;


export type FeedStartQuery = { readonly alerts: { readonly feedCursor: string } };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { readonly health: { readonly status: string, readonly demo: boolean, readonly version: string, readonly database: string, readonly jobs: string, readonly pubsub: string, readonly notices: ReadonlyArray<{ readonly code: HealthCode, readonly text: string }>, readonly sources: ReadonlyArray<{ readonly accountSid: string, readonly source: string, readonly lastSuccessAt: string | null, readonly lagSeconds: number | null, readonly error: string | null, readonly isStale: boolean }> } };

export type FiringQueryVariables = Exact<{ [key: string]: never; }>;


export type FiringQuery = { readonly alerts: { readonly feedCursor: string, readonly byRule: ReadonlyArray<{ readonly count: number, readonly oldestAt: string, readonly rule: { readonly id: string, readonly name: string }, readonly newest: { readonly id: string, readonly summary: string, readonly cause: string | null, readonly matchCount: number, readonly triggeredAt: string } }> } };

export type AlertNewsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AlertNewsSubscription = { readonly alertTriggered: { readonly cursor: string, readonly alert: { readonly id: string, readonly triggeredAt: string, readonly rule: { readonly name: string } } } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly name: string, readonly scopes: ReadonlyArray<ApiScope> } };

export type MeaningFragment = { readonly code: string, readonly title: string, readonly meaning: string, readonly remedy: string, readonly url: string };

export type LogLineFragment = { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly text: string | null, readonly updatedAt: string };

export type LogPageQueryVariables = Exact<{
  filter?: LogFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LogPageQuery = { readonly logs: { readonly feedCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly text: string | null, readonly updatedAt: string }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type LogExportQueryVariables = Exact<{
  filter?: LogFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LogExportQuery = { readonly logs: { readonly nodes: ReadonlyArray<{ readonly accountSid: string, readonly rawData: unknown, readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly text: string | null, readonly updatedAt: string }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type LogIdsQueryVariables = Exact<{
  filter?: LogFilter | null | undefined;
}>;


export type LogIdsQuery = { readonly logs: { readonly nodes: ReadonlyArray<{ readonly id: string }> } };

export type LogCountQueryVariables = Exact<{
  filter?: LogFilter | null | undefined;
}>;


export type LogCountQuery = { readonly logs: { readonly totalCount: number } };

export type LogQueryVariables = Exact<{
  id: string | number;
}>;


export type LogQuery = { readonly log: { readonly rawData: unknown, readonly accountSid: string, readonly consoleUrl: string | null, readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly text: string | null, readonly updatedAt: string, readonly errorMeaning: { readonly code: string, readonly title: string, readonly meaning: string, readonly remedy: string, readonly url: string } | null, readonly transitions: ReadonlyArray<{ readonly at: string, readonly status: string | null, readonly errorCode: string | null }>, readonly alerts: ReadonlyArray<{ readonly id: string, readonly state: AlertState, readonly triggeredAt: string, readonly deliveries: ReadonlyArray<{ readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null, readonly action: { readonly actionType: ActionType } }>, readonly rule: { readonly id: string, readonly name: string } }> } | null };

export type LogAddedSubscriptionVariables = Exact<{
  filter?: LogFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LogAddedSubscription = { readonly logAdded: { readonly cursor: string, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly text: string | null, readonly updatedAt: string } } };

export type LogChangedSubscriptionVariables = Exact<{
  filter?: LogFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LogChangedSubscription = { readonly logChanged: { readonly cursor: string, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly text: string | null, readonly updatedAt: string } } };

export type ActionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ActionsQuery = { readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean, readonly managedBy: string | null, readonly rule: { readonly id: string, readonly name: string, readonly enabled: boolean } }> };

export type LatestDeliveriesQueryVariables = Exact<{
  filter: DeliveryFilter;
}>;


export type LatestDeliveriesQuery = { readonly deliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly alertId: string, readonly actionId: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null, readonly triggeredAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type AlertLineFragment = { readonly id: string, readonly ruleId: string, readonly state: AlertState, readonly summary: string, readonly cause: string | null, readonly matchCount: number, readonly triggeredAt: string, readonly rule: { readonly id: string, readonly name: string }, readonly deliveries: ReadonlyArray<{ readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null }> };

export type AlertsQueryVariables = Exact<{
  filter?: AlertFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AlertsQuery = { readonly alerts: { readonly feedCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly ruleId: string, readonly state: AlertState, readonly summary: string, readonly cause: string | null, readonly matchCount: number, readonly triggeredAt: string, readonly rule: { readonly id: string, readonly name: string }, readonly deliveries: ReadonlyArray<{ readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null }> }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type AlertQueryVariables = Exact<{
  id: string | number;
}>;


export type AlertQuery = { readonly alert: { readonly id: string, readonly state: AlertState, readonly summary: string, readonly reason: AlertReason | null, readonly matchCount: number, readonly triggeredAt: string, readonly logId: string | null, readonly rule: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly conditionChangedAt: string, readonly deletedAt: string | null, readonly logType: LogType | null, readonly patternType: PatternType, readonly patternValue: string | null, readonly thresholdCount: number | null, readonly thresholdWindowMinutes: number | null, readonly cooldownMinutes: number }, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly text: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly errorMeaning: { readonly code: string, readonly title: string, readonly meaning: string, readonly remedy: string, readonly url: string } | null } | null, readonly deliveries: ReadonlyArray<{ readonly completedAt: string | null, readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null, readonly triggeredAt: string, readonly actionResult: unknown, readonly action: { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean, readonly deletedAt: string | null }, readonly attempts: ReadonlyArray<{ readonly at: string, readonly success: boolean, readonly durationMs: number, readonly statusCode: number | null, readonly error: string | null, readonly response: string | null }> }> } | null };

export type AlertLogsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type AlertLogsQuery = { readonly alert: { readonly id: string, readonly logs: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly text: string | null, readonly toNumber: string | null }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } | null };

export type RuleNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type RuleNamesQuery = { readonly rules: ReadonlyArray<{ readonly id: string, readonly name: string }> };

export type DeliveryNewsSubscriptionVariables = Exact<{
  filter?: DeliveryFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type DeliveryNewsSubscription = { readonly deliveryChanged: { readonly cursor: string, readonly delivery: { readonly id: string, readonly alertId: string } } };

export type DeliveryLineFragment = { readonly alertId: string, readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null, readonly triggeredAt: string, readonly actionResult: unknown, readonly alert: { readonly summary: string, readonly cause: string | null, readonly rule: { readonly id: string, readonly name: string, readonly enabled: boolean, readonly deletedAt: string | null } }, readonly action: { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean, readonly deletedAt: string | null }, readonly attempts: ReadonlyArray<{ readonly at: string, readonly success: boolean, readonly durationMs: number, readonly statusCode: number | null, readonly error: string | null, readonly response: string | null }> };

export type DeliveriesQueryVariables = Exact<{
  filter?: DeliveryFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type DeliveriesQuery = { readonly deliveries: { readonly feedCursor: string, readonly nodes: ReadonlyArray<{ readonly alertId: string, readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null, readonly triggeredAt: string, readonly actionResult: unknown, readonly alert: { readonly summary: string, readonly cause: string | null, readonly rule: { readonly id: string, readonly name: string, readonly enabled: boolean, readonly deletedAt: string | null } }, readonly action: { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean, readonly deletedAt: string | null }, readonly attempts: ReadonlyArray<{ readonly at: string, readonly success: boolean, readonly durationMs: number, readonly statusCode: number | null, readonly error: string | null, readonly response: string | null }> }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type DeliveryTotalsQueryVariables = Exact<{
  filter: DeliveryFilter;
  failed: DeliveryFilter;
  retriable: DeliveryFilter;
}>;


export type DeliveryTotalsQuery = { readonly deliveries: { readonly totalCount: number }, readonly failed: { readonly totalCount: number }, readonly retriable: { readonly totalCount: number } };

export type ActionNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type ActionNamesQuery = { readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly ruleId: string, readonly rule: { readonly id: string, readonly name: string } }> };

export type OverviewQueryVariables = Exact<{
  since: string;
}>;


export type OverviewQuery = { readonly retriable: { readonly totalCount: number }, readonly failing: { readonly totalCount: number }, readonly failed: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly alertId: string, readonly attemptCount: number, readonly triggeredAt: string, readonly actionResult: unknown, readonly action: { readonly actionType: ActionType, readonly enabled: boolean, readonly deletedAt: string | null }, readonly alert: { readonly rule: { readonly id: string, readonly name: string, readonly enabled: boolean, readonly deletedAt: string | null } }, readonly attempts: ReadonlyArray<{ readonly at: string, readonly error: string | null }> }> } };

export type CountsFragment = { readonly total: number, readonly bucketSeconds: number, readonly groups: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly buckets: ReadonlyArray<{ readonly from: string, readonly total: number, readonly counts: ReadonlyArray<{ readonly key: string, readonly count: number }> }> };

export type VolumeQueryVariables = Exact<{
  since: string;
  buckets: number;
  by: LogDimension;
}>;


export type VolumeQuery = { readonly logStats: { readonly total: number, readonly bucketSeconds: number, readonly groups: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly buckets: ReadonlyArray<{ readonly from: string, readonly total: number, readonly counts: ReadonlyArray<{ readonly key: string, readonly count: number }> }> } };

export type MessageStatusesQueryVariables = Exact<{
  since: string;
  buckets: number;
}>;


export type MessageStatusesQuery = { readonly logStats: { readonly total: number, readonly bucketSeconds: number, readonly groups: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly buckets: ReadonlyArray<{ readonly from: string, readonly total: number, readonly counts: ReadonlyArray<{ readonly key: string, readonly count: number }> }> } };

export type ErrorCodeCountsQueryVariables = Exact<{
  since: string;
}>;


export type ErrorCodeCountsQuery = { readonly logStats: { readonly total: number, readonly groups: ReadonlyArray<{ readonly key: string, readonly count: number }> } };

export type DeliveryVolumeQueryVariables = Exact<{
  since: string;
  buckets: number;
}>;


export type DeliveryVolumeQuery = { readonly deliveryStats: { readonly total: number, readonly bucketSeconds: number, readonly groups: ReadonlyArray<{ readonly key: string, readonly count: number }>, readonly buckets: ReadonlyArray<{ readonly from: string, readonly counts: ReadonlyArray<{ readonly key: string, readonly count: number }> }> } };

export type ErrorMeaningsQueryVariables = Exact<{
  codes: ReadonlyArray<string> | string;
}>;


export type ErrorMeaningsQuery = { readonly errorCodes: ReadonlyArray<{ readonly code: string, readonly title: string, readonly meaning: string, readonly remedy: string, readonly url: string }> };

export type PreviewRuleQueryVariables = Exact<{
  input: CreateRuleInput;
  since: string;
}>;


export type PreviewRuleQuery = { readonly previewRule: { readonly since: string, readonly until: string, readonly logCount: number, readonly matchCount: number, readonly alertCount: number, readonly warnings: ReadonlyArray<string>, readonly buckets: ReadonlyArray<{ readonly from: string, readonly matches: number, readonly alerts: number }>, readonly matches: ReadonlyArray<{ readonly at: string, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly text: string | null, readonly toNumber: string | null } }>, readonly alerts: ReadonlyArray<{ readonly triggeredAt: string, readonly matchCount: number, readonly summary: string, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly text: string | null, readonly toNumber: string | null } }> } };

export type PreviewLogFragment = { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly text: string | null, readonly toNumber: string | null };

export type ActionTextFragment = { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean };

export type RuleTextFragment = { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly logType: LogType | null, readonly patternType: PatternType, readonly patternValue: string | null, readonly thresholdCount: number | null, readonly thresholdWindowMinutes: number | null, readonly cooldownMinutes: number, readonly managedBy: string | null, readonly updatedAt: string, readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean }> };

export type RulesQueryVariables = Exact<{ [key: string]: never; }>;


export type RulesQuery = { readonly rules: ReadonlyArray<{ readonly lastFiredAt: string | null, readonly alertCount: number, readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly logType: LogType | null, readonly patternType: PatternType, readonly patternValue: string | null, readonly thresholdCount: number | null, readonly thresholdWindowMinutes: number | null, readonly cooldownMinutes: number, readonly managedBy: string | null, readonly updatedAt: string, readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean }> }> };

export type RuleQueryVariables = Exact<{
  id: string | number;
}>;


export type RuleQuery = { readonly rule: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly logType: LogType | null, readonly patternType: PatternType, readonly patternValue: string | null, readonly thresholdCount: number | null, readonly thresholdWindowMinutes: number | null, readonly cooldownMinutes: number, readonly managedBy: string | null, readonly updatedAt: string, readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean }> } | null };

export type ActionTypesQueryVariables = Exact<{ [key: string]: never; }>;


export type ActionTypesQuery = { readonly actionTypes: ReadonlyArray<{ readonly type: ActionType, readonly title: string, readonly description: string, readonly configSchema: unknown }> };

export type CreateRuleMutationVariables = Exact<{
  input: CreateRuleInput;
}>;


export type CreateRuleMutation = { readonly createRule: { readonly warnings: ReadonlyArray<string>, readonly rule: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly logType: LogType | null, readonly patternType: PatternType, readonly patternValue: string | null, readonly thresholdCount: number | null, readonly thresholdWindowMinutes: number | null, readonly cooldownMinutes: number, readonly managedBy: string | null, readonly updatedAt: string, readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean }> } } };

export type UpdateRuleMutationVariables = Exact<{
  id: string | number;
  input: UpdateRuleInput;
}>;


export type UpdateRuleMutation = { readonly updateRule: { readonly warnings: ReadonlyArray<string>, readonly rule: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly logType: LogType | null, readonly patternType: PatternType, readonly patternValue: string | null, readonly thresholdCount: number | null, readonly thresholdWindowMinutes: number | null, readonly cooldownMinutes: number, readonly managedBy: string | null, readonly updatedAt: string, readonly actions: ReadonlyArray<{ readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean }> } } };

export type DeleteRuleMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteRuleMutation = { readonly deleteRule: { readonly id: string } };

export type CreateActionMutationVariables = Exact<{
  input: CreateActionInput;
}>;


export type CreateActionMutation = { readonly createAction: { readonly warnings: ReadonlyArray<string>, readonly action: { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean } } };

export type UpdateActionMutationVariables = Exact<{
  id: string | number;
  input: UpdateActionInput;
}>;


export type UpdateActionMutation = { readonly updateAction: { readonly warnings: ReadonlyArray<string>, readonly action: { readonly id: string, readonly actionType: ActionType, readonly config: unknown, readonly enabled: boolean } } };

export type DeleteActionMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteActionMutation = { readonly deleteAction: { readonly id: string } };

export type TestActionMutationVariables = Exact<{
  id: string | number;
}>;


export type TestActionMutation = { readonly testAction: { readonly success: boolean, readonly result: unknown } };

export type AuditLogQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { readonly auditLog: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly action: AuditAction, readonly actor: AuditActor, readonly actorName: string, readonly objectType: AuditObject, readonly objectId: string | null, readonly objectName: string | null, readonly changes: unknown, readonly ip: string | null, readonly requestId: string | null }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type ReceiverTextFragment = { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly url: string, readonly hasSecret: boolean, readonly hasToken: boolean, readonly maxBytes: number, readonly lastReceivedAt: string | null, readonly receivedCount: number, readonly managedBy: string | null, readonly mapping: { readonly id: string | null, readonly timestamp: string | null, readonly status: string | null, readonly errorCode: string | null, readonly message: string | null } };

export type ReceiversQueryVariables = Exact<{ [key: string]: never; }>;


export type ReceiversQuery = { readonly receivers: ReadonlyArray<{ readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly url: string, readonly hasSecret: boolean, readonly hasToken: boolean, readonly maxBytes: number, readonly lastReceivedAt: string | null, readonly receivedCount: number, readonly managedBy: string | null, readonly mapping: { readonly id: string | null, readonly timestamp: string | null, readonly status: string | null, readonly errorCode: string | null, readonly message: string | null } }> };

export type ReceiverQueryVariables = Exact<{
  id: string | number;
}>;


export type ReceiverQuery = { readonly receiver: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly url: string, readonly hasSecret: boolean, readonly hasToken: boolean, readonly maxBytes: number, readonly lastReceivedAt: string | null, readonly receivedCount: number, readonly managedBy: string | null, readonly mapping: { readonly id: string | null, readonly timestamp: string | null, readonly status: string | null, readonly errorCode: string | null, readonly message: string | null } } | null };

export type ReceivedQueryVariables = Exact<{
  receiverId?: string | number | null | undefined;
  after?: string | null | undefined;
}>;


export type ReceivedQuery = { readonly received: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly channel: string, readonly receivedAt: string, readonly state: InboxState, readonly error: string | null, readonly body: string, readonly log: { readonly id: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null } | null }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type CreateReceiverMutationVariables = Exact<{
  input: CreateReceiverInput;
}>;


export type CreateReceiverMutation = { readonly createReceiver: { readonly secret: string | null, readonly warnings: ReadonlyArray<string>, readonly receiver: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly url: string, readonly hasSecret: boolean, readonly hasToken: boolean, readonly maxBytes: number, readonly lastReceivedAt: string | null, readonly receivedCount: number, readonly managedBy: string | null, readonly mapping: { readonly id: string | null, readonly timestamp: string | null, readonly status: string | null, readonly errorCode: string | null, readonly message: string | null } } } };

export type UpdateReceiverMutationVariables = Exact<{
  id: string | number;
  input: UpdateReceiverInput;
}>;


export type UpdateReceiverMutation = { readonly updateReceiver: { readonly secret: string | null, readonly warnings: ReadonlyArray<string>, readonly receiver: { readonly id: string, readonly name: string, readonly description: string | null, readonly enabled: boolean, readonly url: string, readonly hasSecret: boolean, readonly hasToken: boolean, readonly maxBytes: number, readonly lastReceivedAt: string | null, readonly receivedCount: number, readonly managedBy: string | null, readonly mapping: { readonly id: string | null, readonly timestamp: string | null, readonly status: string | null, readonly errorCode: string | null, readonly message: string | null } } } };

export type DeleteReceiverMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteReceiverMutation = { readonly deleteReceiver: { readonly id: string } };

export type ReplayReceivedMutationVariables = Exact<{
  id: string | number;
}>;


export type ReplayReceivedMutation = { readonly replayReceived: { readonly received: { readonly id: string, readonly state: InboxState } } };

export type RetentionQueryVariables = Exact<{ [key: string]: never; }>;


export type RetentionQuery = { readonly settings: ReadonlyArray<{ readonly name: string, readonly value: string | null }>, readonly logs: { readonly totalCount: number }, readonly alerts: { readonly totalCount: number }, readonly deliveries: { readonly totalCount: number }, readonly received: { readonly totalCount: number }, readonly auditLog: { readonly totalCount: number } };

export type EraseNumberMutationVariables = Exact<{
  number: string;
}>;


export type EraseNumberMutation = { readonly eraseNumber: { readonly number: string, readonly rows: number } };

export type SettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsQuery = { readonly settings: ReadonlyArray<{ readonly name: string, readonly section: string, readonly meaning: string, readonly value: string | null, readonly default: string | null, readonly origin: string, readonly isSecret: boolean }> };

export type ApiKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = { readonly apiKeys: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<ApiScope>, readonly hint: string, readonly createdAt: string, readonly expiresAt: string | null, readonly lastUsedAt: string | null, readonly revokedAt: string | null }> };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { readonly createApiKey: { readonly key: string, readonly apiKey: { readonly id: string } } };

export type RevokeApiKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeApiKeyMutation = { readonly revokeApiKey: { readonly apiKey: { readonly id: string, readonly revokedAt: string | null } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const MeaningFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Meaning on ErrorCodeMeaning {
  code
  title
  meaning
  remedy
  url
}
    `, {"fragmentName":"Meaning"}) as unknown as TypedDocumentString<MeaningFragment, unknown>;
export const LogLineFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment LogLine on Log {
  id
  logType
  timestamp
  twilioSid
  status
  errorCode
  errorMessage
  fromNumber
  toNumber
  text
  updatedAt
}
    `, {"fragmentName":"LogLine"}) as unknown as TypedDocumentString<LogLineFragment, unknown>;
export const AlertLineFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment AlertLine on Alert {
  id
  ruleId
  state
  summary
  cause
  matchCount
  triggeredAt
  rule {
    id
    name
  }
  deliveries {
    id
    status
    attemptCount
    nextAttemptAt
  }
}
    `, {"fragmentName":"AlertLine"}) as unknown as TypedDocumentString<AlertLineFragment, unknown>;
export const TriedDeliveryFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment TriedDelivery on Delivery {
  id
  status
  attemptCount
  nextAttemptAt
  triggeredAt
  actionResult
  action {
    id
    actionType
    config
    enabled
    deletedAt
  }
  attempts {
    at
    success
    durationMs
    statusCode
    error
    response
  }
}
    `, {"fragmentName":"TriedDelivery"}) as unknown as TypedDocumentString<TriedDeliveryFragment, unknown>;
export const DeliveryLineFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DeliveryLine on Delivery {
  ...TriedDelivery
  alertId
  alert {
    summary
    cause
    rule {
      id
      name
      enabled
      deletedAt
    }
  }
}
    fragment TriedDelivery on Delivery {
  id
  status
  attemptCount
  nextAttemptAt
  triggeredAt
  actionResult
  action {
    id
    actionType
    config
    enabled
    deletedAt
  }
  attempts {
    at
    success
    durationMs
    statusCode
    error
    response
  }
}`, {"fragmentName":"DeliveryLine"}) as unknown as TypedDocumentString<DeliveryLineFragment, unknown>;
export const CountsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Counts on LogStats {
  total
  bucketSeconds
  groups {
    key
    count
  }
  buckets {
    from
    total
    counts {
      key
      count
    }
  }
}
    `, {"fragmentName":"Counts"}) as unknown as TypedDocumentString<CountsFragment, unknown>;
export const PreviewLogFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment PreviewLog on Log {
  id
  logType
  timestamp
  status
  errorCode
  errorMessage
  text
  toNumber
}
    `, {"fragmentName":"PreviewLog"}) as unknown as TypedDocumentString<PreviewLogFragment, unknown>;
export const ActionTextFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}
    `, {"fragmentName":"ActionText"}) as unknown as TypedDocumentString<ActionTextFragment, unknown>;
export const RuleTextFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment RuleText on Rule {
  id
  name
  description
  enabled
  logType
  patternType
  patternValue
  thresholdCount
  thresholdWindowMinutes
  cooldownMinutes
  managedBy
  updatedAt
  actions {
    ...ActionText
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}`, {"fragmentName":"RuleText"}) as unknown as TypedDocumentString<RuleTextFragment, unknown>;
export const ReceiverTextFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ReceiverText on Receiver {
  id
  name
  description
  enabled
  url
  hasSecret
  hasToken
  maxBytes
  mapping {
    id
    timestamp
    status
    errorCode
    message
  }
  lastReceivedAt
  receivedCount
  managedBy
}
    `, {"fragmentName":"ReceiverText"}) as unknown as TypedDocumentString<ReceiverTextFragment, unknown>;
export const RetryDeliveryDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RetryDelivery($id: ID!) {
  retryDelivery(id: $id) {
    delivery {
      id
      status
    }
  }
}
    `) as unknown as TypedDocumentString<RetryDeliveryMutation, RetryDeliveryMutationVariables>;
export const RetryFailedDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RetryFailed($alertId: ID, $ruleId: ID, $since: DateTime, $failing: Boolean) {
  retryFailedDeliveries(
    alertId: $alertId
    ruleId: $ruleId
    since: $since
    failing: $failing
  ) {
    count
  }
}
    `) as unknown as TypedDocumentString<RetryFailedMutation, RetryFailedMutationVariables>;
export const FeedStartDocument = /*#__PURE__*/ new TypedDocumentString(`
    query FeedStart {
  alerts(first: 1) {
    feedCursor
  }
}
    `) as unknown as TypedDocumentString<FeedStartQuery, FeedStartQueryVariables>;
export const HealthDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Health {
  health {
    status
    demo
    version
    database
    jobs
    pubsub
    notices {
      code
      text
    }
    sources {
      accountSid
      source
      lastSuccessAt
      lagSeconds
      error
      isStale
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const FiringDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Firing {
  alerts(first: 1, filter: {state: [FIRING]}) {
    feedCursor
    byRule {
      count
      oldestAt
      rule {
        id
        name
      }
      newest {
        id
        summary
        cause
        matchCount
        triggeredAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FiringQuery, FiringQueryVariables>;
export const AlertNewsDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription AlertNews($after: String) {
  alertTriggered(after: $after) {
    cursor
    alert {
      id
      triggeredAt
      rule {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AlertNewsSubscription, AlertNewsSubscriptionVariables>;
export const ViewerDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    scopes
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const LogPageDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogPage($filter: LogFilter, $first: Int, $after: String) {
  logs(filter: $filter, first: $first, after: $after) {
    feedCursor
    nodes {
      ...LogLine
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment LogLine on Log {
  id
  logType
  timestamp
  twilioSid
  status
  errorCode
  errorMessage
  fromNumber
  toNumber
  text
  updatedAt
}`) as unknown as TypedDocumentString<LogPageQuery, LogPageQueryVariables>;
export const LogExportDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogExport($filter: LogFilter, $first: Int, $after: String) {
  logs(filter: $filter, first: $first, after: $after) {
    nodes {
      ...LogLine
      accountSid
      rawData
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment LogLine on Log {
  id
  logType
  timestamp
  twilioSid
  status
  errorCode
  errorMessage
  fromNumber
  toNumber
  text
  updatedAt
}`) as unknown as TypedDocumentString<LogExportQuery, LogExportQueryVariables>;
export const LogIdsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogIds($filter: LogFilter) {
  logs(filter: $filter, first: 200) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<LogIdsQuery, LogIdsQueryVariables>;
export const LogCountDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogCount($filter: LogFilter) {
  logs(filter: $filter, first: 1) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<LogCountQuery, LogCountQueryVariables>;
export const LogDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Log($id: ID!) {
  log(id: $id) {
    ...LogLine
    rawData
    accountSid
    consoleUrl
    errorMeaning {
      ...Meaning
    }
    transitions {
      at
      status
      errorCode
    }
    alerts {
      id
      state
      triggeredAt
      deliveries {
        id
        status
        attemptCount
        nextAttemptAt
        action {
          actionType
        }
      }
      rule {
        id
        name
      }
    }
  }
}
    fragment Meaning on ErrorCodeMeaning {
  code
  title
  meaning
  remedy
  url
}
fragment LogLine on Log {
  id
  logType
  timestamp
  twilioSid
  status
  errorCode
  errorMessage
  fromNumber
  toNumber
  text
  updatedAt
}`) as unknown as TypedDocumentString<LogQuery, LogQueryVariables>;
export const LogAddedDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription LogAdded($filter: LogFilter, $after: String) {
  logAdded(filter: $filter, after: $after) {
    cursor
    log {
      ...LogLine
    }
  }
}
    fragment LogLine on Log {
  id
  logType
  timestamp
  twilioSid
  status
  errorCode
  errorMessage
  fromNumber
  toNumber
  text
  updatedAt
}`) as unknown as TypedDocumentString<LogAddedSubscription, LogAddedSubscriptionVariables>;
export const LogChangedDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription LogChanged($filter: LogFilter, $after: String) {
  logChanged(filter: $filter, after: $after) {
    cursor
    log {
      ...LogLine
    }
  }
}
    fragment LogLine on Log {
  id
  logType
  timestamp
  twilioSid
  status
  errorCode
  errorMessage
  fromNumber
  toNumber
  text
  updatedAt
}`) as unknown as TypedDocumentString<LogChangedSubscription, LogChangedSubscriptionVariables>;
export const ActionsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Actions {
  actions {
    id
    actionType
    config
    enabled
    managedBy
    rule {
      id
      name
      enabled
    }
  }
}
    `) as unknown as TypedDocumentString<ActionsQuery, ActionsQueryVariables>;
export const LatestDeliveriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LatestDeliveries($filter: DeliveryFilter!) {
  deliveries(first: 100, filter: $filter) {
    nodes {
      id
      alertId
      actionId
      status
      attemptCount
      nextAttemptAt
      triggeredAt
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<LatestDeliveriesQuery, LatestDeliveriesQueryVariables>;
export const AlertsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Alerts($filter: AlertFilter, $after: String) {
  alerts(filter: $filter, first: 50, after: $after) {
    feedCursor
    nodes {
      ...AlertLine
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment AlertLine on Alert {
  id
  ruleId
  state
  summary
  cause
  matchCount
  triggeredAt
  rule {
    id
    name
  }
  deliveries {
    id
    status
    attemptCount
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<AlertsQuery, AlertsQueryVariables>;
export const AlertDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Alert($id: ID!) {
  alert(id: $id) {
    id
    state
    summary
    reason
    matchCount
    triggeredAt
    logId
    rule {
      id
      name
      description
      enabled
      conditionChangedAt
      deletedAt
      logType
      patternType
      patternValue
      thresholdCount
      thresholdWindowMinutes
      cooldownMinutes
    }
    log {
      id
      logType
      timestamp
      twilioSid
      status
      errorCode
      errorMessage
      errorMeaning {
        ...Meaning
      }
      text
      fromNumber
      toNumber
    }
    deliveries {
      ...TriedDelivery
      completedAt
    }
  }
}
    fragment TriedDelivery on Delivery {
  id
  status
  attemptCount
  nextAttemptAt
  triggeredAt
  actionResult
  action {
    id
    actionType
    config
    enabled
    deletedAt
  }
  attempts {
    at
    success
    durationMs
    statusCode
    error
    response
  }
}
fragment Meaning on ErrorCodeMeaning {
  code
  title
  meaning
  remedy
  url
}`) as unknown as TypedDocumentString<AlertQuery, AlertQueryVariables>;
export const AlertLogsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query AlertLogs($id: ID!, $after: String) {
  alert(id: $id) {
    id
    logs(first: 20, after: $after) {
      totalCount
      nodes {
        ...PreviewLog
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
}
    fragment PreviewLog on Log {
  id
  logType
  timestamp
  status
  errorCode
  errorMessage
  text
  toNumber
}`) as unknown as TypedDocumentString<AlertLogsQuery, AlertLogsQueryVariables>;
export const RuleNamesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query RuleNames {
  rules {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<RuleNamesQuery, RuleNamesQueryVariables>;
export const DeliveryNewsDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription DeliveryNews($filter: DeliveryFilter, $after: String) {
  deliveryChanged(filter: $filter, after: $after) {
    cursor
    delivery {
      id
      alertId
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveryNewsSubscription, DeliveryNewsSubscriptionVariables>;
export const DeliveriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Deliveries($filter: DeliveryFilter, $after: String) {
  deliveries(filter: $filter, first: 50, after: $after) {
    feedCursor
    nodes {
      ...DeliveryLine
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment TriedDelivery on Delivery {
  id
  status
  attemptCount
  nextAttemptAt
  triggeredAt
  actionResult
  action {
    id
    actionType
    config
    enabled
    deletedAt
  }
  attempts {
    at
    success
    durationMs
    statusCode
    error
    response
  }
}
fragment DeliveryLine on Delivery {
  ...TriedDelivery
  alertId
  alert {
    summary
    cause
    rule {
      id
      name
      enabled
      deletedAt
    }
  }
}`) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const DeliveryTotalsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DeliveryTotals($filter: DeliveryFilter!, $failed: DeliveryFilter!, $retriable: DeliveryFilter!) {
  deliveries(first: 1, filter: $filter) {
    totalCount
  }
  failed: deliveries(first: 1, filter: $failed) {
    totalCount
  }
  retriable: deliveries(first: 1, filter: $retriable) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<DeliveryTotalsQuery, DeliveryTotalsQueryVariables>;
export const ActionNamesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ActionNames {
  actions {
    id
    actionType
    config
    ruleId
    rule {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ActionNamesQuery, ActionNamesQueryVariables>;
export const OverviewDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Overview($since: DateTime!) {
  retriable: deliveries(first: 1, filter: {retriable: true, since: $since}) {
    totalCount
  }
  failing: deliveries(first: 1, filter: {failing: true, since: $since}) {
    totalCount
  }
  failed: deliveries(first: 4, filter: {status: [FAILED], since: $since}) {
    totalCount
    nodes {
      id
      alertId
      attemptCount
      triggeredAt
      actionResult
      action {
        actionType
        enabled
        deletedAt
      }
      alert {
        rule {
          id
          name
          enabled
          deletedAt
        }
      }
      attempts {
        at
        error
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OverviewQuery, OverviewQueryVariables>;
export const VolumeDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Volume($since: DateTime!, $buckets: Int!, $by: LogDimension!) {
  logStats(since: $since, buckets: $buckets, by: $by) {
    ...Counts
  }
}
    fragment Counts on LogStats {
  total
  bucketSeconds
  groups {
    key
    count
  }
  buckets {
    from
    total
    counts {
      key
      count
    }
  }
}`) as unknown as TypedDocumentString<VolumeQuery, VolumeQueryVariables>;
export const MessageStatusesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query MessageStatuses($since: DateTime!, $buckets: Int!) {
  logStats(
    since: $since
    buckets: $buckets
    by: STATUS
    filter: {logType: [MESSAGE]}
  ) {
    ...Counts
  }
}
    fragment Counts on LogStats {
  total
  bucketSeconds
  groups {
    key
    count
  }
  buckets {
    from
    total
    counts {
      key
      count
    }
  }
}`) as unknown as TypedDocumentString<MessageStatusesQuery, MessageStatusesQueryVariables>;
export const ErrorCodeCountsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ErrorCodeCounts($since: DateTime!) {
  logStats(since: $since, buckets: 1, by: ERROR_CODE) {
    total
    groups {
      key
      count
    }
  }
}
    `) as unknown as TypedDocumentString<ErrorCodeCountsQuery, ErrorCodeCountsQueryVariables>;
export const DeliveryVolumeDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DeliveryVolume($since: DateTime!, $buckets: Int!) {
  deliveryStats(since: $since, buckets: $buckets) {
    total
    bucketSeconds
    groups {
      key
      count
    }
    buckets {
      from
      counts {
        key
        count
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DeliveryVolumeQuery, DeliveryVolumeQueryVariables>;
export const ErrorMeaningsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ErrorMeanings($codes: [String!]!) {
  errorCodes(codes: $codes) {
    ...Meaning
  }
}
    fragment Meaning on ErrorCodeMeaning {
  code
  title
  meaning
  remedy
  url
}`) as unknown as TypedDocumentString<ErrorMeaningsQuery, ErrorMeaningsQueryVariables>;
export const PreviewRuleDocument = /*#__PURE__*/ new TypedDocumentString(`
    query PreviewRule($input: CreateRuleInput!, $since: DateTime!) {
  previewRule(input: $input, since: $since, includeBackfilled: true) {
    since
    until
    logCount
    matchCount
    alertCount
    warnings
    buckets {
      from
      matches
      alerts
    }
    matches {
      at
      log {
        ...PreviewLog
      }
    }
    alerts {
      triggeredAt
      matchCount
      summary
      log {
        ...PreviewLog
      }
    }
  }
}
    fragment PreviewLog on Log {
  id
  logType
  timestamp
  status
  errorCode
  errorMessage
  text
  toNumber
}`) as unknown as TypedDocumentString<PreviewRuleQuery, PreviewRuleQueryVariables>;
export const RulesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Rules {
  rules {
    ...RuleText
    lastFiredAt
    alertCount
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}
fragment RuleText on Rule {
  id
  name
  description
  enabled
  logType
  patternType
  patternValue
  thresholdCount
  thresholdWindowMinutes
  cooldownMinutes
  managedBy
  updatedAt
  actions {
    ...ActionText
  }
}`) as unknown as TypedDocumentString<RulesQuery, RulesQueryVariables>;
export const RuleDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Rule($id: ID!) {
  rule(id: $id) {
    ...RuleText
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}
fragment RuleText on Rule {
  id
  name
  description
  enabled
  logType
  patternType
  patternValue
  thresholdCount
  thresholdWindowMinutes
  cooldownMinutes
  managedBy
  updatedAt
  actions {
    ...ActionText
  }
}`) as unknown as TypedDocumentString<RuleQuery, RuleQueryVariables>;
export const ActionTypesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ActionTypes {
  actionTypes {
    type
    title
    description
    configSchema
  }
}
    `) as unknown as TypedDocumentString<ActionTypesQuery, ActionTypesQueryVariables>;
export const CreateRuleDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateRule($input: CreateRuleInput!) {
  createRule(input: $input) {
    rule {
      ...RuleText
    }
    warnings
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}
fragment RuleText on Rule {
  id
  name
  description
  enabled
  logType
  patternType
  patternValue
  thresholdCount
  thresholdWindowMinutes
  cooldownMinutes
  managedBy
  updatedAt
  actions {
    ...ActionText
  }
}`) as unknown as TypedDocumentString<CreateRuleMutation, CreateRuleMutationVariables>;
export const UpdateRuleDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateRule($id: ID!, $input: UpdateRuleInput!) {
  updateRule(id: $id, input: $input) {
    rule {
      ...RuleText
    }
    warnings
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}
fragment RuleText on Rule {
  id
  name
  description
  enabled
  logType
  patternType
  patternValue
  thresholdCount
  thresholdWindowMinutes
  cooldownMinutes
  managedBy
  updatedAt
  actions {
    ...ActionText
  }
}`) as unknown as TypedDocumentString<UpdateRuleMutation, UpdateRuleMutationVariables>;
export const DeleteRuleDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DeleteRule($id: ID!) {
  deleteRule(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeleteRuleMutation, DeleteRuleMutationVariables>;
export const CreateActionDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateAction($input: CreateActionInput!) {
  createAction(input: $input) {
    action {
      ...ActionText
    }
    warnings
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}`) as unknown as TypedDocumentString<CreateActionMutation, CreateActionMutationVariables>;
export const UpdateActionDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateAction($id: ID!, $input: UpdateActionInput!) {
  updateAction(id: $id, input: $input) {
    action {
      ...ActionText
    }
    warnings
  }
}
    fragment ActionText on Action {
  id
  actionType
  config
  enabled
}`) as unknown as TypedDocumentString<UpdateActionMutation, UpdateActionMutationVariables>;
export const DeleteActionDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DeleteAction($id: ID!) {
  deleteAction(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeleteActionMutation, DeleteActionMutationVariables>;
export const TestActionDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation TestAction($id: ID!) {
  testAction(id: $id) {
    success
    result
  }
}
    `) as unknown as TypedDocumentString<TestActionMutation, TestActionMutationVariables>;
export const AuditLogDocument = /*#__PURE__*/ new TypedDocumentString(`
    query AuditLog($filter: AuditFilter, $after: String) {
  auditLog(filter: $filter, first: 50, after: $after) {
    nodes {
      id
      at
      action
      actor
      actorName
      objectType
      objectId
      objectName
      changes
      ip
      requestId
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const ReceiversDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Receivers {
  receivers {
    ...ReceiverText
  }
}
    fragment ReceiverText on Receiver {
  id
  name
  description
  enabled
  url
  hasSecret
  hasToken
  maxBytes
  mapping {
    id
    timestamp
    status
    errorCode
    message
  }
  lastReceivedAt
  receivedCount
  managedBy
}`) as unknown as TypedDocumentString<ReceiversQuery, ReceiversQueryVariables>;
export const ReceiverDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Receiver($id: ID!) {
  receiver(id: $id) {
    ...ReceiverText
  }
}
    fragment ReceiverText on Receiver {
  id
  name
  description
  enabled
  url
  hasSecret
  hasToken
  maxBytes
  mapping {
    id
    timestamp
    status
    errorCode
    message
  }
  lastReceivedAt
  receivedCount
  managedBy
}`) as unknown as TypedDocumentString<ReceiverQuery, ReceiverQueryVariables>;
export const ReceivedDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Received($receiverId: ID, $after: String) {
  received(receiverId: $receiverId, first: 20, after: $after) {
    nodes {
      id
      channel
      receivedAt
      state
      error
      body
      log {
        id
        status
        errorCode
        errorMessage
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<ReceivedQuery, ReceivedQueryVariables>;
export const CreateReceiverDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateReceiver($input: CreateReceiverInput!) {
  createReceiver(input: $input) {
    receiver {
      ...ReceiverText
    }
    secret
    warnings
  }
}
    fragment ReceiverText on Receiver {
  id
  name
  description
  enabled
  url
  hasSecret
  hasToken
  maxBytes
  mapping {
    id
    timestamp
    status
    errorCode
    message
  }
  lastReceivedAt
  receivedCount
  managedBy
}`) as unknown as TypedDocumentString<CreateReceiverMutation, CreateReceiverMutationVariables>;
export const UpdateReceiverDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateReceiver($id: ID!, $input: UpdateReceiverInput!) {
  updateReceiver(id: $id, input: $input) {
    receiver {
      ...ReceiverText
    }
    secret
    warnings
  }
}
    fragment ReceiverText on Receiver {
  id
  name
  description
  enabled
  url
  hasSecret
  hasToken
  maxBytes
  mapping {
    id
    timestamp
    status
    errorCode
    message
  }
  lastReceivedAt
  receivedCount
  managedBy
}`) as unknown as TypedDocumentString<UpdateReceiverMutation, UpdateReceiverMutationVariables>;
export const DeleteReceiverDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DeleteReceiver($id: ID!) {
  deleteReceiver(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeleteReceiverMutation, DeleteReceiverMutationVariables>;
export const ReplayReceivedDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ReplayReceived($id: ID!) {
  replayReceived(id: $id) {
    received {
      id
      state
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayReceivedMutation, ReplayReceivedMutationVariables>;
export const RetentionDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Retention {
  settings {
    name
    value
  }
  logs(first: 1) {
    totalCount
  }
  alerts(first: 1) {
    totalCount
  }
  deliveries(first: 1) {
    totalCount
  }
  received(first: 1) {
    totalCount
  }
  auditLog(first: 1) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<RetentionQuery, RetentionQueryVariables>;
export const EraseNumberDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation EraseNumber($number: String!) {
  eraseNumber(number: $number) {
    number
    rows
  }
}
    `) as unknown as TypedDocumentString<EraseNumberMutation, EraseNumberMutationVariables>;
export const SettingsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Settings {
  settings {
    name
    section
    meaning
    value
    default
    origin
    isSecret
  }
}
    `) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const ApiKeysDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ApiKeys {
  apiKeys {
    id
    name
    scopes
    hint
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
  }
}
    `) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    apiKey {
      id
    }
    key
  }
}
    `) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RevokeApiKey($id: ID!) {
  revokeApiKey(id: $id) {
    apiKey {
      id
      revokedAt
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;