import { type RefObject, useRef } from 'react'
import { useShortcuts } from '../app/shortcuts.js'
import { say } from '../strings.js'

/**
 * `j` and `k` walk through a list's rows, to what each opens: its first link, or its fold; to the row itself where it opens nothing and can
 * have the focus. Enter opens it as the browser does, Escape leaves the list.
 * @param rowsAre what selects its rows, where they are not what it holds
 */
export function useListKeys<List extends HTMLElement = HTMLUListElement>(
  rowsAre = ':scope > *',
): RefObject<List | null> {
  const list = useRef<List>(null)
  const rows = (): readonly Element[] => [...(list.current?.querySelectorAll(rowsAre) ?? [])]
  const place = (): number => rows().findIndex((row) => row.contains(document.activeElement))
  const openerIn = (row: Element | undefined): HTMLElement | null | undefined =>
    row?.querySelector<HTMLElement>('a, summary')
  const walk = (step: number): void => {
    const row = rows().at(Math.min(Math.max(place() + step, 0), rows().length - 1))
    const stop = openerIn(row) ?? row
    if (stop instanceof HTMLElement) stop.focus()
  }
  useShortcuts(say.keys.list, [
    { keys: 'j', does: say.keys.next, run: () => walk(1) },
    { keys: 'k', does: say.keys.previous, run: () => walk(-1) },
    { keys: 'Enter', does: say.keys.open, run: () => place() >= 0 && openerIn(rows()[place()])?.click() },
    {
      keys: 'Escape',
      does: say.keys.leave,
      run: () => {
        if (place() >= 0 && document.activeElement instanceof HTMLElement) document.activeElement.blur()
      },
    },
  ])
  return list
}
