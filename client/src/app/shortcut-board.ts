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
  /** Whether keys that write a character do anything. Who speaks to the device writes many of them without meaning it. */
  areCharactersOn = true
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
    if (!this.areCharactersOn && (key.length === 1 || key === 'Space')) return false
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
