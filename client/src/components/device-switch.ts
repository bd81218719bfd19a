import { useSyncExternalStore } from 'react'
import { remember, remembered } from './device-memory.js'

/** A hook for a choice between two, which is remembered on this device: whether it is on, and how to choose. */
export function deviceSwitch(
  storedAs: string,
  { on, off }: { readonly on: string; readonly off: string },
): () => readonly [boolean, (isWanted: boolean) => void] {
  const watchers = new Set<() => void>()
  let isOn = remembered(storedAs) === on
  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }
  const choose = (isWanted: boolean): void => {
    isOn = isWanted
    for (const watcher of watchers) watcher()
    remember(storedAs, isWanted ? on : off)
  }
  return function useSwitch() {
    return [useSyncExternalStore(watch, () => isOn), choose]
  }
}
