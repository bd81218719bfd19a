import { Field, Int, ObjectType } from 'type-graphql'
import { AlertObject } from './alert-object.js'
import { AuditEntryObject } from './audit-object.js'
import { DeliveryObject } from './delivery-object.js'
import { InboxEntryObject } from './inbox-object.js'
import { LogObject } from './log-object.js'

@ObjectType('PageInfo', { description: 'Where a page lies in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after it.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether it was asked for after something.' })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of its first row; null where it is empty.' })
  startCursor!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of its last row: give it as after for the next page.',
  })
  endCursor!: string | null
}

/** A row and its place in its list. */
export interface Edge<Row> {
  readonly cursor: string
  readonly node: Row
}

/** One page of a list, in the form that every connection has. */
export interface Connection<Row> {
  readonly edges: readonly Edge<Row>[]
  readonly nodes: readonly Row[]
  readonly pageInfo: PageInfo
  readonly totalCount: number
  readonly feedCursor: string
}

/** Declares the pair of types that a paged noun has; a class made here stands for the GraphQL type only. */
function connectionOf(noun: string, plural: string, node: new () => object) {
  @ObjectType(`${noun}Edge`, { description: `One of the ${plural} of a page.`, simpleResolvers: true })
  class EdgeObject {
    @Field(() => String, { description: 'Its place in the list.' })
    cursor!: string

    @Field(() => node, { description: `One of the ${plural}.` })
    node!: object
  }

  @ObjectType(`${noun}Connection`, {
    description: `A page of ${plural}, newest first.`,
    simpleResolvers: true,
  })
  class ConnectionObject {
    @Field(() => [EdgeObject], { description: `The ${plural}, each with its cursor.` })
    edges!: readonly EdgeObject[]

    @Field(() => [node], { description: `The ${plural}.` })
    nodes!: readonly object[]

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo!: PageInfo

    @Field(() => Int, {
      description:
        'How many match the filter; exact to 10,000, and 10,001 means more. Counted only when asked for.',
    })
    totalCount!: number

    @Field(() => String, {
      description:
        'Read before the page: a subscription with it as after misses nothing that the page does not show yet.',
    })
    feedCursor!: string
  }

  return ConnectionObject
}

export const LogConnection = connectionOf('Log', 'logs', LogObject)
export const AlertConnection = connectionOf('Alert', 'alerts', AlertObject)
export const DeliveryConnection = connectionOf('Delivery', 'deliveries', DeliveryObject)
export const AuditEntryConnection = connectionOf('AuditEntry', 'changes', AuditEntryObject)
export const InboxEntryConnection = connectionOf('InboxEntry', 'received webhooks', InboxEntryObject)
