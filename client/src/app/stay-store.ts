import { AccessKey, isPossibleKey, keyInFragment } from '../api/access-key.js'
import { newStay, type Stay } from './session.js'

/** In a session, or signed out: because the key was refused, or not. */
export type Presence = { readonly stay: Stay } | { readonly stay: null; readonly wasRefused: boolean }

/** Who is signed in, for whoever watches it. */
export class StayStore {
  private readonly accessKey = new AccessKey(() => sessionStorage)
  private readonly watchers = new Set<() => void>()
  private presence: Presence

  /** With the key in the address, or with the one that this tab kept. */
  constructor() {
    const key = takeKeyFromAddress() ?? this.accessKey.read()
    this.presence = key === null ? { stay: null, wasRefused: false } : this.begun(key)
  }

  readonly read = (): Presence => this.presence

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  /** Who is there already with this key stays. */
  readonly signIn = (key: string): void => {
    if (this.presence.stay?.session.key !== key) this.change(this.begun(key))
  }

  readonly signInFromAddress = (): void => {
    const key = takeKeyFromAddress()
    if (key !== null) this.signIn(key)
  }

  private begun(key: string): Presence {
    if (!isPossibleKey(key)) return this.ended(true)
    this.accessKey.keep(key)
    return {
      stay: newStay(
        key,
        () => this.change(this.ended(false)),
        () => this.refused(key),
      ),
    }
  }

  /** An answer that comes late may speak of a key that was left meanwhile. */
  private refused(key: string): void {
    if (this.accessKey.read() === key) this.change(this.ended(true))
  }

  private ended(wasRefused: boolean): Presence {
    this.accessKey.forget()
    return { stay: null, wasRefused }
  }

  private change(presence: Presence): void {
    this.presence = presence
    for (const watcher of this.watchers) watcher()
  }
}

/** The key must not stay in the address: it would end up in the history and in what is copied from the bar. */
function takeKeyFromAddress(): string | null {
  const key = keyInFragment(location.hash)
  if (key !== null) history.replaceState(null, '', location.pathname + location.search)
  return key
}
