import { RuleDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Missing } from '../../components/missing.js'
import { Answered } from '../../components/states.js'
import { say } from '../../strings.js'
import { draftOf } from './rule-draft.js'
import { RuleEditor } from './rule-editor.js'

/** A stored rule, to be edited in place. */
export function StoredRulePage({ id }: { readonly id: string }) {
  const answer = useAnswer(RuleDocument, { id })
  return (
    <Answered answer={answer} lines={8}>
      {({ rule }) =>
        rule ? (
          // What somebody else saves meanwhile begins the editor anew only where nothing is being written: see there.
          <RuleEditor rule={rule} initial={draftOf(rule)} />
        ) : (
          <Missing title={say.rules.missing} href="/rules" way={say.rules.back}>
            {say.rules.missingNext}
          </Missing>
        )
      }
    </Answered>
  )
}
