/** A name, a schedule and one call. Every run may come twice, late or not at all: what it does must bear that. */
export interface Job {
  readonly name: string
  /** Milliseconds between runs; null = only when woken. */
  readonly everyMs: number | null
  run(): Promise<unknown>
}
