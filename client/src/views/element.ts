type Child = Node | string | null

/**
 * A new element with attributes and children. Texts become text nodes, so what a log says can never become markup; there
 * is no other way to make an element in this page.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

/** Sets a text only where it differs: an untouched text node costs no layout. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text
}

/** Shows or hides without touching what is already so. */
export function show(shown: HTMLElement, isShown: boolean): void {
  if (shown.hidden === isShown) shown.hidden = !isShown
}
