import { Link } from 'wouter'
import { RuleDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Answered, Empty } from '../../components/states.js'
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
          <Empty
            icon="search"
            title={say.rules.missing}
            action={
              <Link className="button" href="/rules">
                {say.rules.back}
              </Link>
            }
          >
            {say.rules.missingNext}
          </Empty>
        )
      }
    </Answered>
  )
}
