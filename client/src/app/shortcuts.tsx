import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo } from 'react'

/** A key, or two after one another: `g l`. Named as `KeyboardEvent.key` names it; the space bar is `Space`. */
export interface Shortcut {
  readonly keys: string
  /** What it does, for the list of shortcuts. */
  readonly does: string
  run(): void
}

interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

const SEQUENCE_MS = 1_200

/** The shortcuts of what is shown now. What was added last goes first. */
export class ShortcutBoard {
  private groups: readonly ShortcutGroup[] = []
  private first: { readonly key: string; readonly at: number } | null = null

  add(group: ShortcutGroup): () => void {
    this.groups = [group, ...this.groups]
    return () => void (this.groups = this.groups.filter((one) => one !== group))
  }

  list(): readonly ShortcutGroup[] {
    return this.groups.toReversed()
  }

  /** Whether the key did something; `at` in milliseconds. */
  press(key: string, at: number): boolean {
    const first = this.first && at - this.first.at <= SEQUENCE_MS ? this.first.key : null
    this.first = null
    const shortcuts = this.groups.flatMap((group) => group.shortcuts)
    const found =
      shortcuts.find(({ keys }) => first !== null && keys === `${first} ${key}`) ??
      shortcuts.find(({ keys }) => keys === key)
    found?.run()
    if (!found && shortcuts.some(({ keys }) => keys.startsWith(`${key} `))) this.first = { key, at }
    return found !== undefined
  }
}

const BoardContext = createContext(new ShortcutBoard())

/** Listens to the whole page. Keys that a field, a dialog or a pressed button needs for itself are left to it. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const board = useMemo(() => new ShortcutBoard(), [])
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTaken(event)) return
      if (event.repeat && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(event.key)) return
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
  if (target.closest('input, textarea, select, [contenteditable], [role="menu"], .cm-editor, .monaco-editor'))
    return true
  return (key === ' ' || key === 'Enter') && target.closest('a, button, summary') !== null
}
