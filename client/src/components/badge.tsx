import type { Look } from './look.js'
import { Icon } from './icon.js'
import './badge.css'

/** A state by colour, icon and text at once. */
export function Badge({ tone, icon, text }: Look) {
  return (
    <span className={`badge tone-${tone}`}>
      <Icon name={icon} />
      <span>{text}</span>
    </span>
  )
}
