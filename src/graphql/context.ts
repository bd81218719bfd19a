import type { Caller } from '../audit/caller.js'
import type { Commands, CommandsFor } from '../commands/commands.js'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { Principal } from '../http/principal.js'
import { ApiScope, includes } from '../keys/scope.js'
import type { Reads } from '../store/reads.js'
import { type Loaders, createLoaders } from './loaders.js'

/** What one operation has at hand. That of a subscription lives as long as the subscription. */
export interface Context {
  readonly principal: Principal
  readonly loaders: Loaders
  readonly feed: FeedSubscriptions
  /** As whoever is asking. */
  readonly commands: Commands
  /** Whether phone numbers are shown whole. */
  readonly seesNumbers: boolean
}

export interface ContextDeps {
  readonly reads: Reads
  readonly feed: FeedSubscriptions
  readonly commandsFor: CommandsFor
}

export function createContext(
  { reads, feed, commandsFor }: ContextDeps,
  principal: Principal,
  caller: Caller,
): Context {
  let commands: Commands | null = null
  return {
    principal,
    loaders: createLoaders(reads),
    feed,
    seesNumbers: includes(principal.scopes, ApiScope.PII),
    // Most operations only read.
    get commands() {
      return (commands ??= commandsFor(caller))
    },
  }
}
