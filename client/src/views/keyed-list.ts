/** One item on the page. */
export interface ItemView<Item> {
  readonly element: HTMLElement
  /** The item has changed. */
  update(item: Item): void
  /** Time has passed; `now` in milliseconds. */
  tick(now: number): void
}

/** Keeps a list's elements equal to its items and touches only what differs: a burst costs what is new in it. */
export class KeyedList<Item extends { readonly id: string }> {
  private readonly views = new Map<string, { item: Item; readonly view: ItemView<Item> }>()

  constructor(
    readonly element: HTMLElement,
    private readonly make: (item: Item) => ItemView<Item>,
  ) {}

  render(items: readonly Item[], now: number): void {
    this.removeAllBut(new Set(items.map(({ id }) => id)))
    let place = this.element.firstElementChild
    for (const item of items) {
      const { view } = this.shown(item)
      if (view.element === place) place = place.nextElementSibling
      else this.element.insertBefore(view.element, place)
      view.tick(now)
    }
  }

  private shown(item: Item): { readonly view: ItemView<Item> } {
    const known = this.views.get(item.id)
    if (!known) {
      const made = { item, view: this.make(item) }
      made.view.update(item)
      this.views.set(item.id, made)
      return made
    }
    if (known.item !== item) known.view.update(item)
    known.item = item
    return known
  }

  private removeAllBut(kept: ReadonlySet<string>): void {
    for (const [id, { view }] of this.views) {
      if (kept.has(id)) continue
      view.element.remove()
      this.views.delete(id)
    }
  }
}
