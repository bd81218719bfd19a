import { ActionHead } from './action-head.js'
import { actionLook } from './action-look.js'
import { actionAbout, actionTarget } from './action-words.js'

interface ActionLineProps {
  readonly action: { readonly actionType: string; readonly config: unknown }
}

/** A stored action by whom it tells, and how. */
export function ActionLine({ action: { actionType, config } }: ActionLineProps) {
  const target = actionTarget(config)
  const type = actionLook(actionType).text
  return (
    <ActionHead
      actionType={actionType}
      title={target ?? type}
      about={target === null ? actionAbout(actionType, config) : type}
    />
  )
}
