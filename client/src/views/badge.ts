import type { Look } from '../look.js'
import { element } from './element.js'
import { icon } from './icon.js'

/** A coloured label with an icon. */
export function badge(look: Look): HTMLElement {
  return element(
    'span',
    { class: `badge tone-${look.tone}` },
    icon(look.icon),
    element('span', {}, look.text),
  )
}
