import type { ReactNode } from 'react'
import { Icon } from '../components/icon.js'
import { actionLook } from './action-look.js'
import './action-head.css'

interface ActionHeadProps {
  readonly actionType: string
  readonly title: ReactNode
  readonly about: ReactNode
}

/** An action by its icon and two lines. */
export function ActionHead({ actionType, title, about }: ActionHeadProps) {
  return (
    <>
      <span className="action-mark">
        <Icon name={actionLook(actionType).icon} />
      </span>
      <span className="action-words">
        <strong>{title}</strong>
        <span className="muted small">{about}</span>
      </span>
    </>
  )
}
