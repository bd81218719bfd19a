import type { IconName } from '../components/icon-strokes.js'
import { inWords } from '../components/in-words.js'
import type { Look } from '../components/look.js'
import { say } from '../strings.js'

export function actionLook(actionType: string): Pick<Look, 'icon' | 'text'> {
  const icons: Readonly<Record<string, IconName>> = { EMAIL: 'mail', WEBHOOK: 'plug', LOG: 'lines' }
  return { icon: icons[actionType] ?? 'plug', text: say.action.names[actionType] ?? inWords(actionType) }
}
