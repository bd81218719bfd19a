import { json } from '@codemirror/lang-json'
import { useEffect, useMemo, useRef } from 'react'
import { mayHeal } from '../../api/api-error.js'
import { Button } from '../../components/button.js'
import { useIsNarrow } from '../../components/use-is-narrow.js'
import { say } from '../../strings.js'
import { Editor } from './editor.js'
import { Pane } from './pane.js'
import type { Run } from './use-run.js'

interface AnswerPaneProps {
  readonly run: Run
  /** Runs what is written once more. */
  readonly again: () => void
}

/** What came of an operation, the newest of several first. */
export function AnswerPane({ run: { answers, fault, isRunning }, again }: AnswerPaneProps) {
  const pane = useRef<HTMLElement>(null)
  const isNarrow = useIsNarrow()
  const language = useMemo(() => json(), [])
  const isAnswered = answers.length > 0 || fault !== null
  useEffect(() => {
    // Below two editors nobody would see that an answer came.
    if (isNarrow && isAnswered) pane.current?.scrollIntoView({ block: 'start' })
  }, [isNarrow, isAnswered])
  return (
    <Pane
      ref={pane}
      kind="answer"
      title={say.explorer.answer}
      besideTitle={isRunning && <span className="pane-live">{say.explorer.listening(answers.length)}</span>}
    >
      {fault !== null && (
        <div className="pane-fault" role="alert">
          <p>{fault.message}</p>
          {mayHeal(fault) && (
            <Button icon="refresh" onClick={again}>
              {say.states.tryAgain}
            </Button>
          )}
        </div>
      )}
      <Editor
        label={say.explorer.answer}
        language={language}
        text={answers.length > 0 ? answers.join('\n\n') : ''}
        isReadOnly
      />
    </Pane>
  )
}
