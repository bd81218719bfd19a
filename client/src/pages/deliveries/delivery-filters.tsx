import { ActionNamesDocument, type ActionNamesQuery } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { ListSelect } from '../../components/list-select.js'
import { Segments } from '../../components/segments.js'
import { actionLook } from '../../rules/action-look.js'
import { actionTarget } from '../../rules/action-words.js'
import { byRule } from '../../rules/by-rule.js'
import { RuleSelect } from '../../rules/rule-select.js'
import { say } from '../../strings.js'
import { WhenPicker } from '../../time/when-picker.js'
import { type DeliveryChoice, deliveryStatuses } from './delivery-choice.js'

type NamedAction = ActionNamesQuery['actions'][number]

interface FiltersProps {
  readonly choice: DeliveryChoice
  change(what: Partial<DeliveryChoice>): void
}

/** Everything that the server filters deliveries by. */
export function DeliveryFilters({ choice, change }: FiltersProps) {
  return (
    <div className="list-filters" role="search" aria-label={say.deliveryList.filters}>
      <Segments
        label={say.deliveryList.status}
        value={choice.status ?? 'all'}
        options={[
          { value: 'all', text: say.deliveryList.all },
          ...deliveryStatuses.map((status) => ({
            value: status,
            text: say.deliveries.states[status] ?? status,
          })),
        ]}
        choose={(status) => change({ status: deliveryStatuses.find((one) => one === status) ?? null })}
      />
      <WhenPicker when={choice} change={({ since, until }) => change({ since, until })} />
      <RuleSelect value={choice.rule} choose={(rule) => change({ rule, action: '' })} />
      <ActionSelect choice={choice} change={change} />
    </div>
  )
}

/** The actions there are, of the rule that is chosen or by their rules. */
function ActionSelect({ choice, change }: FiltersProps) {
  const { data } = useAnswer(ActionNamesDocument, {})
  const actions = (data?.actions ?? []).filter(({ ruleId }) => choice.rule === '' || ruleId === choice.rule)
  const isDeleted = choice.action !== '' && data && !data.actions.some(({ id }) => id === choice.action)
  return (
    <ListSelect
      label={say.deliveryList.action}
      unchosen={say.deliveryList.anyAction}
      value={choice.action}
      choose={(action) => change({ action })}
    >
      {isDeleted && <option value={choice.action}>{say.deliveryList.deletedAction}</option>}
      {byRule(actions).map((group) => (
        <optgroup key={group.rule.id} label={group.rule.name}>
          {group.actions.map((action) => (
            <option key={action.id} value={action.id}>
              {nameOf(action)}
            </option>
          ))}
        </optgroup>
      ))}
    </ListSelect>
  )
}

function nameOf({ actionType, config }: NamedAction): string {
  const type = actionLook(actionType).text
  const target = actionTarget(config)
  return target === null ? type : say.action.to(type, target)
}
