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
    options: { readonly signal: AbortSignal; readonly capture: boolean },
  ): void
}

type Navigate = (to: string, options?: { readonly replace?: boolean }) => void

/** A page that nobody leaves without being asked, as long as something is held that is written and not saved yet. */
export class HeldPage {
  /** Each by a token of its own. */
  private readonly held = new Set<object>()

  constructor(private readonly window: PageWindow) {}

  /** Whether nothing is lost by leaving, or the reader says so. */
  mayLeave(): boolean {
    return this.held.size === 0 || this.window.confirm(say.shell.leave)
  }

  /** Goes on only where it may. What replaces the address belongs to the same page, or saved it. */
  navigate(navigate: Navigate, to: string, options?: Parameters<Navigate>[1]): void {
    if (options?.replace === true || this.mayLeave()) navigate(to, options)
  }

  /** Holds the page, until what it returns is called, also when it is closed and by the browser's Back. */
  hold(): () => void {
    const token = {}
    const { location, history } = this.window
    const here = location.href
    const stop = new AbortController()
    const options = { signal: stop.signal, capture: true }
    this.held.add(token)
    this.window.addEventListener('beforeunload', (event) => event.preventDefault(), options)
    // Going back cannot be refused: the address is another by then, and the router takes it up whenever something is drawn. So
    // before the router hears of it the page is added anew behind where the reader went, in place of what lay there.
    const goBack = (event: LeaveEvent): void => {
      if (location.href === here || this.mayLeave()) return
      event.stopImmediatePropagation()
      history.pushState(null, '', here)
    }
    this.window.addEventListener('popstate', goBack, options)
    return () => {
      this.held.delete(token)
      stop.abort()
    }
  }
}
