import { Link } from 'wouter'
import { ActionHead } from './action-head.js'
import { actionLook } from './action-look.js'
import { actionAbout, actionTarget } from './action-words.js'

interface ActionLineProps {
  readonly action: { readonly actionType: string; readonly config: unknown }
  /** Where its name leads; nowhere where this is left out. */
  readonly href?: string
}

/** A stored action by whom it tells, and how. */
export function ActionLine({ action: { actionType, config }, href }: ActionLineProps) {
  const target = actionTarget(config)
  const type = actionLook(actionType).text
  const name = target ?? type
  return (
    <ActionHead
      actionType={actionType}
      title={href === undefined ? name : <Link href={href}>{name}</Link>}
      about={target === null ? actionAbout(actionType, config) : type}
    />
  )
}
