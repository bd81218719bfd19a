import type { ReactNode } from 'react'
import type { ApiError } from '../api/api-error.js'
import type { Shown } from '../api/use-answer.js'
import { say } from '../strings.js'
import { Age } from '../time/age.js'
import { Button } from './button.js'
import { Icon } from './icon.js'
import './note.css'
import './trouble.css'

/** What is wrong with an answer that is shown all the same: a newer one failed, or a part of it did not come. */
export function Trouble({ answer }: { readonly answer: Shown<unknown> }) {
  const { data, error, dataUpdatedAt, isFetchNextPageError = false, refetch } = answer
  // A further page that failed is told of where it is asked for.
  if (data === undefined || error === null || isFetchNextPageError) return null
  return (
    <TroubleNote retry={refetch}>
      <span role="status">{inWords(error)}</span> <Age since={dataUpdatedAt} say={say.states.age} />
    </TroubleNote>
  )
}

interface LackProps {
  readonly answer: Pick<Shown<unknown>, 'data' | 'error' | 'refetch'>
  /** What it would bring, as the beginning of a sentence. */
  readonly what: string
}

/** What a page has to do without, where a question beside its main one brought no answer. */
export function Lack({ answer: { data, error, refetch }, what }: LackProps) {
  if (data !== undefined || error === null) return null
  return (
    <TroubleNote retry={refetch}>
      <span role="status">{say.states.lacks(what, error.message)}</span>
    </TroubleNote>
  )
}

function TroubleNote({ retry, children }: { readonly retry: () => unknown; readonly children: ReactNode }) {
  return (
    <div className="note trouble tone-warn">
      <Icon name="warning" />
      <p>{children}</p>
      <Button kind="quiet" onClick={() => void retry()}>
        {say.states.tryAgain}
      </Button>
    </div>
  )
}

function inWords({ places, message }: ApiError): string {
  return places.length > 0
    ? say.states.partFailed(places.join(', '), message)
    : say.states.newerFailed(message)
}
