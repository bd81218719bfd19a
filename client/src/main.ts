import { AccessKey, isPossibleKey, keyInFragment } from './access-key.js'
import { Api } from './api.js'
import { Connection } from './connection.js'
import { Session, type SessionState } from './session.js'
import { LivePage } from './views/live-page.js'
import { signIn } from './views/sign-in.js'

/** Drawing a burst more often than this would leave no time for scrolling and clicking. */
const DRAW_EVERY_MS = 100

/** The whole page: signed out, or in a session. */
class Page {
  private readonly root = document.getElementById('page') ?? document.body
  private readonly key = new AccessKey(() => sessionStorage)
  private session: Session | null = null
  private live: LivePage | null = null
  private state: SessionState | null = null
  private isDrawing = false
  private drawnAt = 0

  start(): void {
    this.takeKeyFromAddress()
    this.listen()
    const key = this.key.read()
    if (key === null) this.signedOut(false)
    else this.signedIn(key)
  }

  /** The key must not stay in the address: it would end up in the history and in what is copied from the bar. */
  private takeKeyFromAddress(): boolean {
    const key = keyInFragment(location.hash)
    if (key === null) return false
    history.replaceState(null, '', location.pathname + location.search)
    this.key.keep(key)
    return true
  }

  private listen(): void {
    addEventListener('hashchange', () => {
      const key = this.takeKeyFromAddress() ? this.key.read() : null
      if (key !== null) this.signedIn(key)
    })
    addEventListener('online', () => {
      this.session?.hurry()
      this.draw()
    })
    addEventListener('offline', () => {
      this.session?.cut()
      this.draw()
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.session?.hurry()
    })
    document.addEventListener('keydown', (event) => this.keyPressed(event))
  }

  private signedOut(wasRefused: boolean): void {
    this.session?.stop()
    this.session = this.live = this.state = null
    this.key.forget()
    document.title = 'GiftPulse'
    this.root.replaceChildren(signIn(wasRefused, (key) => this.signedIn(key)))
  }

  private signedIn(key: string): void {
    if (!isPossibleKey(key)) return this.signedOut(true)
    this.key.keep(key)
    this.session?.stop()
    const session = this.newSession(key)
    this.session = session
    this.live = new LivePage({
      signOut: () => this.signedOut(false),
      tryNow: () => session.hurry(),
      changed: () => this.drawNow(),
    })
    this.root.replaceChildren(this.live.element)
    session.start()
  }

  private newSession(key: string): Session {
    const http = new URL('graphql', document.baseURI)
    const socket = new URL(http)
    socket.protocol = http.protocol === 'https:' ? 'wss:' : 'ws:'
    return new Session({
      api: new Api(http, key),
      connect: (after, listener) => new Connection({ url: socket, key, after }, listener, Math.random),
      now: Date.now,
      random: Math.random,
      changed: (state) => {
        this.state = state
        this.draw()
      },
      refused: () => this.signedOut(true),
    })
  }

  private keyPressed(event: KeyboardEvent): void {
    const isTaken =
      event.target instanceof Element && event.target.closest('a, button, input, [contenteditable]')
    if (event.code !== 'Space' || isTaken || event.ctrlKey || event.metaKey || event.altKey || !this.live)
      return
    // It would scroll the page.
    event.preventDefault()
    if (!event.repeat) this.live.togglePause()
  }

  /** In the next frame, however many events came, and not before the reader's eye and thumb had their share. */
  private draw(): void {
    if (this.isDrawing) return
    this.isDrawing = true
    const wait = Math.max(0, this.drawnAt + DRAW_EVERY_MS - performance.now())
    setTimeout(() => requestAnimationFrame(() => this.drawNow()), wait)
  }

  private drawNow(): void {
    this.isDrawing = false
    this.drawnAt = performance.now()
    if (this.live && this.state) this.live.render(this.state, Date.now(), navigator.onLine)
  }
}

new Page().start()
