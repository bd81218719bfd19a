// Written by `npm run documents` from schema.graphql and the .graphql files; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type FailingMessagesQueryVariables = Exact<{
  since: string;
}>;


export type FailingMessagesQuery = { readonly logs: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly timestamp: string, readonly twilioSid: string, readonly errorCode: string | null, readonly toNumber: string | null, readonly transitions: ReadonlyArray<{ readonly status: string | null, readonly at: string }> }> } };

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

export const FailingMessagesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query FailingMessages($since: DateTime!) {
  logs(
    filter: {logType: [MESSAGE], status: ["failed", "undelivered"], since: $since}
    first: 20
  ) {
    totalCount
    nodes {
      timestamp
      twilioSid
      errorCode
      toNumber
      transitions {
        status
        at
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FailingMessagesQuery, FailingMessagesQueryVariables>;