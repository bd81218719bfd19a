/** The last few of many entries by their time, without keeping the others. */
export class Newest<Entry extends { readonly time: number }> {
  private kept: Entry[] = []

  /** @param size how many are kept */
  constructor(private readonly size: number) {}

  add(entry: Entry): void {
    this.kept.push(entry)
    // Sorting now and then costs less than finding each one's place.
    if (this.kept.length >= this.size * 10) this.shrink()
  }

  /** Newest first; of those of one time the last one added. */
  list(): Entry[] {
    this.shrink()
    return this.kept.toReversed()
  }

  private shrink(): void {
    this.kept = this.kept.toSorted((a, b) => a.time - b.time).slice(-this.size)
  }
}
