import { useSearchParams } from 'wouter'
import { RuleDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Answered } from '../../components/states.js'
import { copyOf, draftIn, emptyDraft } from './rule-draft.js'
import { RuleEditor } from './rule-editor.js'

/** A new rule: empty, as the address asks for, or like a stored one (`?copy=<id>`). */
export function NewRule() {
  const [parameters] = useSearchParams()
  const original = parameters.get('copy') ?? ''
  const answer = useAnswer(RuleDocument, { id: original }, { enabled: original !== '' })
  if (original === '') return <RuleEditor rule={null} initial={draftIn(parameters)} />
  return (
    <Answered answer={answer} lines={8}>
      {({ rule }) => <RuleEditor rule={null} initial={rule ? copyOf(rule) : emptyDraft} />}
    </Answered>
  )
}
