import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo } from 'react'
import { readCharacterKeys } from './character-keys.js'
import { type Shortcut, ShortcutBoard } from './shortcut-board.js'

const BoardContext = createContext(new ShortcutBoard())

/** Listens to the whole page. Keys that a field, a dialog or a pressed button needs for itself are left to it. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const board = useMemo(() => {
    const made = new ShortcutBoard()
    made.areCharactersOn = readCharacterKeys()
    return made
  }, [])
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTaken(event)) return
      if (event.repeat && !['j', 'k'].includes(event.key)) return
      if (board.press(event.key === ' ' ? 'Space' : event.key, event.timeStamp)) event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [board])
  return <BoardContext value={board}>{children}</BoardContext>
}

export function useShortcutBoard(): ShortcutBoard {
  return useContext(BoardContext)
}

/** Adds shortcuts while the component is shown. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const board = useShortcutBoard()
  const run = useEffectEvent((place: number) => shortcuts[place]?.run())
  const names = JSON.stringify(shortcuts.map(({ keys, does }) => ({ keys, does })))
  useEffect(() => {
    const named = JSON.parse(names) as readonly Pick<Shortcut, 'keys' | 'does'>[]
    return board.add({ title, shortcuts: named.map((one, place) => ({ ...one, run: () => run(place) })) })
  }, [board, title, names])
}

function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (document.querySelector('dialog[open]')) return true
  if (target.closest('input, textarea, select, [contenteditable], [role="menu"], .cm-editor')) return true
  // The space bar does nothing to a link.
  if (key === ' ') return target.closest('button, summary') !== null
  return key === 'Enter' && target.closest('a, button, summary') !== null
}
