import { type RefObject, useRef } from 'react'
import { useShortcuts } from '../app/shortcuts.js'
import { say } from '../strings.js'

/** `j` and `k` walk through the links of a list, one for each row; Enter opens as the browser does. */
export function useListKeys<Row>(
  rows: readonly Row[],
  open: (row: Row) => void,
): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null)
  const links = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[data-row], a') ?? [])]
  const place = (): number => {
    const items = [...(list.current?.children ?? [])]
    return items.findIndex((item) => item.contains(document.activeElement))
  }
  const walk = (step: number): void => {
    const items = [...(list.current?.children ?? [])]
    const next = items[Math.min(Math.max(place() + step, 0), items.length - 1)]
    links()
      .find((link) => next?.contains(link))
      ?.focus()
  }
  useShortcuts(say.keys.list, [
    { keys: 'j', does: say.keys.next, run: () => walk(1) },
    { keys: 'k', does: say.keys.previous, run: () => walk(-1) },
    {
      keys: 'Enter',
      does: say.keys.open,
      run: () => {
        const row = rows[place()]
        if (row) open(row)
      },
    },
  ])
  return list
}
