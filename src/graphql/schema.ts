import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import type { ActionTypeInfo } from '../actions/describe-handlers.js'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { Health } from '../http/health.js'
import type { Reads } from '../store/reads.js'
import { ActionResolver, type MaskConfig } from './action-resolver.js'
import { AlertResolver } from './alert-resolver.js'
import { AlertConnectionResolver, AlertsOfRuleResolver } from './alerts-of-rule.js'
import { AuditResolver } from './audit-resolver.js'
import { ConfigurationResolver } from './configuration-resolver.js'
import { DeliveryResolver } from './delivery-resolver.js'
import { ErrorCodeResolver } from './error-code-resolver.js'
import { HealthResolver } from './health-resolver.js'
import { InboxResolver } from './inbox-resolver.js'
import { InstallationResolver } from './installation-resolver.js'
import { KeyResolver } from './key-resolver.js'
import { LogResolver } from './log-resolver.js'
import { gateFields } from './needs-scope.js'
import { maskPersonalFields } from './personal.js'
import { PreviewAlertResolver, PreviewMatchResolver, PreviewResolver } from './preview-resolver.js'
import { PrivacyResolver } from './privacy-resolver.js'
import { ReceiverResolver } from './receiver-resolver.js'
import { RuleResolver } from './rule-resolver.js'
import { DateTime } from './scalars.js'
import type { SettingObject } from './setting-object.js'
import { StatsResolver } from './stats-resolver.js'

/** What the resolvers live on. */
export interface ResolverDeps {
  readonly reads: Reads
  readonly feed: FeedSubscriptions
  readonly health: () => Promise<Health>
  readonly maskConfig: MaskConfig
  /** Where people reach this server, without a slash at its end. */
  readonly publicUrl: string
  readonly actionTypes: readonly ActionTypeInfo[]
  readonly settings: readonly SettingObject[]
}

/** The schema with its resolvers. */
export function createSchema(deps: ResolverDeps): GraphQLSchema {
  const { reads, feed, health, maskConfig, publicUrl, actionTypes, settings } = deps
  return buildFrom(
    new Map<unknown, unknown>([
      [LogResolver, new LogResolver(reads.logs, feed)],
      [RuleResolver, new RuleResolver(reads.rules)],
      [ActionResolver, new ActionResolver(reads.rules, maskConfig)],
      [AlertResolver, new AlertResolver(reads.alerts, feed)],
      [AlertConnectionResolver, new AlertConnectionResolver(reads.alerts)],
      [AlertsOfRuleResolver, new AlertsOfRuleResolver()],
      [DeliveryResolver, new DeliveryResolver(reads.deliveries, feed)],
      [ConfigurationResolver, new ConfigurationResolver()],
      [ReceiverResolver, new ReceiverResolver(reads.receivers, publicUrl)],
      [InboxResolver, new InboxResolver(reads.inbox, feed)],
      [HealthResolver, new HealthResolver(health)],
      [KeyResolver, new KeyResolver(reads.keys)],
      [AuditResolver, new AuditResolver(reads.audit, feed)],
      [PrivacyResolver, new PrivacyResolver()],
      [PreviewResolver, new PreviewResolver()],
      [PreviewMatchResolver, new PreviewMatchResolver()],
      [PreviewAlertResolver, new PreviewAlertResolver()],
      [ErrorCodeResolver, new ErrorCodeResolver()],
      [InstallationResolver, new InstallationResolver(actionTypes, settings)],
      [StatsResolver, new StatsResolver(reads.logStats, reads.deliveryStats)],
    ]),
  )
}

/** The schema as a description only: nothing in it can be executed. */
export function describeSchema(): GraphQLSchema {
  return buildFrom(new Map())
}

function buildFrom(instances: ReadonlyMap<unknown, unknown>): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      LogResolver,
      RuleResolver,
      ActionResolver,
      AlertResolver,
      AlertConnectionResolver,
      AlertsOfRuleResolver,
      DeliveryResolver,
      ConfigurationResolver,
      ReceiverResolver,
      InboxResolver,
      HealthResolver,
      KeyResolver,
      AuditResolver,
      PrivacyResolver,
      PreviewResolver,
      PreviewMatchResolver,
      PreviewAlertResolver,
      ErrorCodeResolver,
      InstallationResolver,
      StatsResolver,
    ],
    container: { get: (resolver) => instances.get(resolver) },
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // Commands check their input themselves, for every face alike.
    validate: false,
    pubSub: unused,
  })
  // type-graphql has no place for these.
  for (const [name, description] of Object.entries(rootDescriptions))
    schema.getType(name)!.description = description
  maskPersonalFields(schema)
  gateFields(schema)
  return schema
}

const rootDescriptions = {
  Query: 'What can be read.',
  Mutation: 'What can be asked for; each is one transaction.',
  Subscription: 'What happens, as it happens, resumable by cursor without a gap and without a repeat.',
}

/** type-graphql asks for one as soon as there are subscriptions; ours follow the feed instead. */
const unused = {
  publish: () => {},
  subscribe: (): never => {
    throw new Error('subscriptions follow the feed')
  },
}
