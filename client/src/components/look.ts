import type { IconName } from './icon-strokes.js'

/** How good or bad a thing is. Each has a colour, but the icon and the text say it too. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle'

export interface Look {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
}
