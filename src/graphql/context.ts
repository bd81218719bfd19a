import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { Principal } from '../http/principal.js'
import type { Reads } from '../store/reads.js'
import { type Loaders, createLoaders } from './loaders.js'

/** What one operation has at hand. That of a subscription lives as long as the subscription. */
export interface Context {
  readonly principal: Principal
  readonly loaders: Loaders
  readonly feed: FeedSubscriptions
}

export function createContext(principal: Principal, reads: Reads, feed: FeedSubscriptions): Context {
  return { principal, loaders: createLoaders(reads), feed }
}
