import { useSyncExternalStore } from 'react'

const STORED_AS = 'giftpulse-read-out'
const watchers = new Set<() => void>()
let isEach = read()

/** Whether the newest logs are read out on this device, instead of how many there are; and how to choose. */
export function useReadsEach(): readonly [boolean, (isWanted: boolean) => void] {
  return [useSyncExternalStore(watch, () => isEach), choose]
}

function choose(isWanted: boolean): void {
  isEach = isWanted
  for (const watcher of watchers) watcher()
  try {
    localStorage.setItem(STORED_AS, isWanted ? 'each' : 'sum')
  } catch {
    // Then it lasts until the next reload.
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(STORED_AS) === 'each'
  } catch {
    return false
  }
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
