import { element } from './element.js'

/** Grey shapes in the place of what is being read. */
export function skeleton(kind: 'log' | 'alert', count: number): HTMLElement {
  const shapes = Array.from({ length: count }, () => element('span', { class: `bone bone-${kind}` }))
  return element('div', { class: 'skeleton', 'aria-hidden': 'true' }, ...shapes)
}
