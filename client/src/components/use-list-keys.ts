import { type RefObject, useRef } from 'react'
import { useShortcuts } from '../app/shortcuts.js'
import { say } from '../strings.js'

/**
 * `j` and `k` walk through the first links of a list's rows; Enter opens them as the browser does.
 * @param rowsAre what selects its rows, where they are not what it holds
 */
export function useListKeys<List extends HTMLElement = HTMLUListElement>(
  rowsAre = ':scope > *',
): RefObject<List | null> {
  const list = useRef<List>(null)
  const rows = (): readonly Element[] => [...(list.current?.querySelectorAll(rowsAre) ?? [])]
  const place = (): number => rows().findIndex((row) => row.contains(document.activeElement))
  const linkAt = (wanted: number): HTMLElement | null | undefined => rows().at(wanted)?.querySelector('a')
  const walk = (step: number): void =>
    linkAt(Math.min(Math.max(place() + step, 0), rows().length - 1))?.focus()
  useShortcuts(say.keys.list, [
    { keys: 'j', does: say.keys.next, run: () => walk(1) },
    { keys: 'k', does: say.keys.previous, run: () => walk(-1) },
    { keys: 'Enter', does: say.keys.open, run: () => place() >= 0 && linkAt(place())?.click() },
  ])
  return list
}
