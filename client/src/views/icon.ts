import type { IconName } from '../look.js'

const SVG = 'http://www.w3.org/2000/svg'

/** Strokes on a grid of 16. */
const strokes: Readonly<Record<IconName, string>> = {
  call: 'M4.2 2.5h2.2l1 2.8-1.4 1.1a8 8 0 0 0 3.6 3.6l1.1-1.4 2.8 1v2.2c0 .9-.8 1.7-1.7 1.6A10.4 10.4 0 0 1 2.6 4.2c-.1-.9.7-1.7 1.6-1.7Z',
  message:
    'M3.5 3h9c.8 0 1.5.7 1.5 1.5v5c0 .8-.7 1.5-1.5 1.5H7l-3 2.5V11h-.5C2.7 11 2 10.3 2 9.5v-5C2 3.7 2.7 3 3.5 3Z',
  error: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5L5.5 2ZM8 5v3.5M8 11v.1',
  warning: 'M8 2.2 14.3 13H1.7L8 2.2ZM8 6.5v3M8 11.3v.1',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM8 7.5V11M8 5v.1',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  plug: 'M6 2v3M10 2v3M4 5h8v2.5a4 4 0 0 1-8 0V5ZM8 11.5V14',
  check: 'M3 8.5 6.5 12 13 4.5',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM8 4.8V8l2.2 1.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  dash: 'M4 8h8',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1H3l1-1ZM6.8 14h2.4',
  mail: 'M2.5 3.5h11v9h-11v-9ZM2.5 4.5 8 9l5.5-4.5',
  lines: 'M3 4h10M3 8h10M3 12h6',
}

/** A drawing beside a text that says the same, so hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', strokes[name])
  svg.append(path)
  return svg
}
