import { useSyncExternalStore } from 'react'
import { serverNow } from './server-clock.js'

/** One moment for the whole page, which stands still while nobody looks at it, by the clock of the server and by the device's. */
interface Moment {
  readonly server: number
  readonly device: number
}

const SECOND_MS = 1_000
const watchers = new Set<() => void>()
let now = newMoment()
let timer: ReturnType<typeof setInterval> | undefined

/** Milliseconds of this second by the clock of the server, for its times. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => current().server)
}

/** The same by the clock of the device, for moments that the page itself has noted. */
export function useDeviceNow(): number {
  return useSyncExternalStore(watch, () => current().device)
}

/** Of this second also where nobody watched until now. */
function current(): Moment {
  if (timer === undefined && Date.now() - now.device >= SECOND_MS) now = newMoment()
  return now
}

function newMoment(): Moment {
  return { server: serverNow(), device: Date.now() }
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  timer ??= setInterval(tick, SECOND_MS)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  if (document.hidden) return
  now = newMoment()
  for (const watcher of watchers) watcher()
}
