/** Rules that are gone for the reader, but whose deletion is sent only when it can no longer be undone. */
export class PendingDeletes {
  private ids: ReadonlySet<string> = new Set()
  private readonly watchers = new Set<() => void>()

  readonly read = (): ReadonlySet<string> => this.ids

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  add(id: string): void {
    this.change(new Set([...this.ids, id]))
  }

  /** It is deleted, or stays. */
  remove(id: string): void {
    this.change(new Set([...this.ids].filter((one) => one !== id)))
  }

  /** Nothing is pending any more; answers what was. */
  takeAll(): readonly string[] {
    const taken = [...this.ids]
    this.change(new Set())
    return taken
  }

  private change(ids: ReadonlySet<string>): void {
    this.ids = ids
    for (const watcher of this.watchers) watcher()
  }
}
