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
  /** Something that may hold phone numbers is shown as it is. */
  readonly notePersonalRead: () => void
}

export interface ContextDeps {
  readonly reads: Reads
  readonly feed: FeedSubscriptions
  readonly commandsFor: CommandsFor
  /** Whoever it is was shown something that may hold phone numbers as it is. */
  readonly onPersonalRead: (caller: Caller) => void
}

export function createContext(
  { reads, feed, commandsFor, onPersonalRead }: ContextDeps,
  principal: Principal,
  caller: Caller,
): Context {
  let commands: Commands | null = null
  let loaders: Loaders | null = null
  return {
    principal,
    feed,
    seesNumbers: includes(principal.scopes, ApiScope.PII),
    notePersonalRead: () => onPersonalRead(caller),
    // Thousands of subscriptions may never follow an edge, and most operations only read.
    get loaders() {
      return (loaders ??= createLoaders(reads))
    },
    get commands() {
      return (commands ??= commandsFor(caller))
    },
  }
}
