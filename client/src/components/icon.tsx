import { type IconName, strokes } from './icon-strokes.js'

export type { IconName }

/** A drawing beside a text that says the same, so hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  )
}
