import { useSyncExternalStore } from 'react'
import { remember, remembered } from '../components/device-memory.js'

const STORED_AS = 'giftpulse-read-out'
const watchers = new Set<() => void>()
let isEach = remembered(STORED_AS) === 'each'

/** Whether the newest logs are read out on this device, instead of how many there are; and how to choose. */
export function useReadsEach(): readonly [boolean, (isWanted: boolean) => void] {
  return [useSyncExternalStore(watch, () => isEach), choose]
}

function choose(isWanted: boolean): void {
  isEach = isWanted
  for (const watcher of watchers) watcher()
  remember(STORED_AS, isWanted ? 'each' : 'sum')
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
