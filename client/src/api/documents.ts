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

/** Whether an alert still stands; more may follow. */
export type AlertState =
  /** It stands: its cooldown or window has not ended, or it is younger than 5 minutes. */
  | 'FIRING'
  /** It is over; nothing is sent for that. */
  | 'RESOLVED';

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
  /** Contained, without case, in the error message, the text, the SID, a number or the error code. */
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

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { readonly health: { readonly status: string, readonly demo: boolean, readonly version: string, readonly database: string, readonly jobs: string, readonly pubsub: string, readonly messages: ReadonlyArray<string>, readonly sources: ReadonlyArray<{ readonly accountSid: string, readonly source: string, readonly lastSuccessAt: string | null, readonly lagSeconds: number | null, readonly error: string | null }> } };

export type FiringQueryVariables = Exact<{ [key: string]: never; }>;


export type FiringQuery = { readonly alerts: { readonly feedCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string }> } };

export type AlertNewsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AlertNewsSubscription = { readonly alertTriggered: { readonly cursor: string, readonly alert: { readonly id: string, readonly summary: string, readonly rule: { readonly name: string } } } };

export type LogLineFragment = { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly rawData: unknown, readonly updatedAt: string };

export type LogPageQueryVariables = Exact<{
  filter?: LogFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LogPageQuery = { readonly logs: { readonly feedCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly rawData: unknown, readonly updatedAt: string }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type LogCountQueryVariables = Exact<{
  filter?: LogFilter | null | undefined;
}>;


export type LogCountQuery = { readonly logs: { readonly totalCount: number } };

export type LogQueryVariables = Exact<{
  id: string | number;
}>;


export type LogQuery = { readonly log: { readonly accountSid: string, readonly createdAt: string, readonly processed: boolean, readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly rawData: unknown, readonly updatedAt: string, readonly transitions: ReadonlyArray<{ readonly at: string, readonly status: string | null, readonly errorCode: string | null }>, readonly alerts: ReadonlyArray<{ readonly id: string, readonly state: AlertState, readonly summary: string, readonly triggeredAt: string, readonly deliveries: ReadonlyArray<{ readonly id: string, readonly status: DeliveryStatus, readonly attemptCount: number, readonly nextAttemptAt: string | null }>, readonly rule: { readonly id: string, readonly name: string } }> } | null };

export type LogAddedSubscriptionVariables = Exact<{
  filter?: LogFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LogAddedSubscription = { readonly logAdded: { readonly cursor: string, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly rawData: unknown, readonly updatedAt: string } } };

export type LogChangedSubscriptionVariables = Exact<{
  filter?: LogFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type LogChangedSubscription = { readonly logChanged: { readonly cursor: string, readonly log: { readonly id: string, readonly logType: LogType, readonly timestamp: string, readonly twilioSid: string, readonly status: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly fromNumber: string | null, readonly toNumber: string | null, readonly rawData: unknown, readonly updatedAt: string } } };

export type OverviewQueryVariables = Exact<{
  since: string;
}>;


export type OverviewQuery = { readonly firing: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly summary: string, readonly matchCount: number, readonly triggeredAt: string, readonly rule: { readonly id: string, readonly name: string } }> }, readonly failed: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly alertId: string, readonly attemptCount: number, readonly triggeredAt: string, readonly actionResult: unknown, readonly action: { readonly actionType: ActionType }, readonly alert: { readonly rule: { readonly name: string } }, readonly attempts: ReadonlyArray<{ readonly at: string, readonly error: string | null }> }> } };

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
  rawData
  updatedAt
}
    `, {"fragmentName":"LogLine"}) as unknown as TypedDocumentString<LogLineFragment, unknown>;
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
export const HealthDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Health {
  health {
    status
    demo
    version
    database
    jobs
    pubsub
    messages
    sources {
      accountSid
      source
      lastSuccessAt
      lagSeconds
      error
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const FiringDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Firing {
  alerts(first: 100, filter: {state: [FIRING]}) {
    feedCursor
    nodes {
      id
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
      summary
      rule {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AlertNewsSubscription, AlertNewsSubscriptionVariables>;
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
  rawData
  updatedAt
}`) as unknown as TypedDocumentString<LogPageQuery, LogPageQueryVariables>;
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
    accountSid
    createdAt
    processed
    transitions {
      at
      status
      errorCode
    }
    alerts {
      id
      state
      summary
      triggeredAt
      deliveries {
        id
        status
        attemptCount
        nextAttemptAt
      }
      rule {
        id
        name
      }
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
  rawData
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
  rawData
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
  rawData
  updatedAt
}`) as unknown as TypedDocumentString<LogChangedSubscription, LogChangedSubscriptionVariables>;
export const OverviewDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Overview($since: DateTime!) {
  firing: alerts(first: 4, filter: {state: [FIRING]}) {
    totalCount
    nodes {
      id
      summary
      matchCount
      triggeredAt
      rule {
        id
        name
      }
    }
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
      }
      alert {
        rule {
          name
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