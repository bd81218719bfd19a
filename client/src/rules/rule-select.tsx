import { RuleNamesDocument } from '../api/documents.js'
import { useAnswer } from '../api/use-answer.js'
import { ListSelect } from '../components/list-select.js'
import { say } from '../strings.js'

interface RuleSelectProps {
  /** The id of a rule; empty = any. */
  readonly value: string
  choose(rule: string): void
}

/** One of the rules, or any: to filter a list by. */
export function RuleSelect({ value, choose }: RuleSelectProps) {
  const { data } = useAnswer(RuleNamesDocument, {})
  const rules = data?.rules ?? []
  const isDeleted = value !== '' && data && !rules.some(({ id }) => id === value)
  return (
    <ListSelect label={say.alerts.rule} unchosen={say.alerts.anyRule} value={value} choose={choose}>
      {isDeleted && <option value={value}>{say.alerts.deletedRule}</option>}
      {rules.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </ListSelect>
  )
}
