import type { ReactElement, ReactNode } from 'react'
import type { ApiError } from '../api/api-error.js'
import type { Shown } from '../api/use-answer.js'
import { OtherKey } from '../app/other-key.js'
import { say } from '../strings.js'
import { Button } from './button.js'
import { Icon, type IconName } from './icon.js'
import { Trouble } from './trouble.js'
import './states.css'

interface EmptyProps {
  readonly icon?: IconName
  readonly title: string
  /** The next step, in words. */
  readonly children?: ReactNode
  /** The next step, as a button or link: nobody is left with nothing to do. */
  readonly action: ReactElement
}

/** Nothing is there: says why, and what to do about it. */
export function Empty({ icon = 'info', title, children, action }: EmptyProps) {
  return (
    <div className="state">
      <span className="state-icon">
        <Icon name={icon} />
      </span>
      <h3>{title}</h3>
      {children && <p className="muted">{children}</p>}
      {action}
    </div>
  )
}

interface FailedProps {
  readonly error: ApiError
  readonly retry?: () => void
}

/** A question that brought no answer, in words, with the next step. */
export function Failed({ error, retry }: FailedProps) {
  const isForbidden = error.fault === 'forbidden'
  return (
    <div className="state" role="alert">
      <span className="state-icon tone-bad">
        <Icon name="warning" />
      </span>
      <h3>{isForbidden ? say.states.forbidden : say.states.failed}</h3>
      <p className="muted">{isForbidden ? `${error.message} ${say.states.forbiddenNext}` : error.message}</p>
      {isForbidden ? (
        <OtherKey />
      ) : (
        retry && (
          <Button icon="refresh" onClick={retry}>
            {say.states.tryAgain}
          </Button>
        )
      )}
    </div>
  )
}

/** Lines that stand where the answer will be. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className="skeleton" role="status" aria-label={say.states.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  )
}

interface AnswerProps<Data> {
  readonly answer: Shown<Data>
  readonly lines?: number
  /** False where what is shown has a place of its own for what is wrong with it. */
  readonly saysTrouble?: boolean
  readonly children: (data: Data) => ReactNode
}

/** What an answer shows: itself once it is there, the last one and its age while a newer fails, a skeleton or the fault before. */
export function Answered<Data>({ answer, lines = 3, saysTrouble = true, children }: AnswerProps<Data>) {
  if (answer.data !== undefined)
    return (
      <>
        {saysTrouble && <Trouble answer={answer} />}
        {children(answer.data)}
      </>
    )
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />
  return <Skeleton lines={lines} />
}
