import { say } from '../strings.js'

interface LeaveEvent {
  preventDefault(): void
  stopImmediatePropagation(): void
}

/** What it takes of the browser's window. */
export interface PageWindow {
  readonly location: { readonly href: string }
  readonly history: { pushState(state: null, unused: '', address: string): void }
  confirm(question: string): boolean
  addEventListener(
    type: 'beforeunload' | 'popstate',
    heard: (event: LeaveEvent) => void,
    options?: { readonly signal: AbortSignal },
  ): void
}

type Navigate = (to: string, options?: { readonly replace?: boolean }) => void

/** A page that nobody leaves without being asked, as long as something is held that is written and not saved yet. */
export class HeldPage {
  /** The addresses at which it is written, each by a token of its own. */
  private readonly held = new Map<object, string>()

  /** To be made before the router listens to the same window: it must not hear of an address that is not stayed at. */
  constructor(private readonly window: PageWindow) {
    window.addEventListener('popstate', (event) => this.goneBack(event))
  }

  /** Whether nothing is lost by leaving, or the reader says so. */
  mayLeave(): boolean {
    return this.held.size === 0 || this.window.confirm(say.shell.leave)
  }

  /** Goes on only where it may. What replaces the address belongs to the same page, or saved it. */
  navigate(navigate: Navigate, to: string, options?: Parameters<Navigate>[1]): void {
    if (options?.replace === true || this.mayLeave()) navigate(to, options)
  }

  /** Holds the page, until what it returns is called. */
  hold(): () => void {
    const token = {}
    const closing = new AbortController()
    this.held.set(token, this.window.location.href)
    this.window.addEventListener('beforeunload', (event) => event.preventDefault(), {
      signal: closing.signal,
    })
    return () => {
      this.held.delete(token)
      closing.abort()
    }
  }

  /**
   * Going back cannot be refused: the address is another by then, and the router takes it up whenever something is drawn. So the page
   * is added anew at once behind where the reader went, in place of what lay there.
   */
  private goneBack(event: LeaveEvent): void {
    const [here] = this.held.values()
    if (here === undefined || this.window.location.href === here || this.mayLeave()) return
    event.stopImmediatePropagation()
    this.window.history.pushState(null, '', here)
  }
}
