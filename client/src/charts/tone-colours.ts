import type { Tone } from '../components/look.js'
import type { Colour } from './time-series.js'

/** In which colour a chart draws what has a tone elsewhere; null = in any that is left. */
export const toneColours: Readonly<Record<Tone, Colour | null>> = {
  good: '--series-5',
  busy: '--series-2',
  warn: '--series-4',
  bad: '--series-3',
  idle: null,
}
