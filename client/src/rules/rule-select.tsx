import { RuleNamesDocument } from '../api/documents.js'
import { useAnswer } from '../api/use-answer.js'
import { ListSelect } from '../components/list-select.js'
import { Lack } from '../components/trouble.js'
import { say } from '../strings.js'

interface RuleSelectProps {
  /** The id of a rule; empty = any. */
  readonly value: string
  choose(rule: string): void
}

/** One of the rules, or any: to filter a list by. */
export function RuleSelect({ value, choose }: RuleSelectProps) {
  const answer = useAnswer(RuleNamesDocument, {})
  const rules = answer.data?.rules
  const isListed = value === '' || rules?.some(({ id }) => id === value)
  return (
    <>
      <ListSelect label={say.alerts.rule} unchosen={say.alerts.anyRule} value={value} choose={choose}>
        {!isListed && <option value={value}>{rules ? say.alerts.deletedRule : say.alerts.oneRule}</option>}
        {rules?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </ListSelect>
      <Lack answer={answer} what={say.alerts.rules} />
    </>
  )
}
