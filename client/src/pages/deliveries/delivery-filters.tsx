import { ActionNamesDocument, type ActionNamesQuery } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Filters } from '../../components/filters.js'
import { ListSelect } from '../../components/list-select.js'
import { Segments } from '../../components/segments.js'
import { Lack } from '../../components/trouble.js'
import { useIsNarrow } from '../../components/use-is-narrow.js'
import { actionLook } from '../../rules/action-look.js'
import { actionTarget } from '../../rules/action-words.js'
import { byRule } from '../../rules/by-rule.js'
import { RuleSelect } from '../../rules/rule-select.js'
import { say } from '../../strings.js'
import { WhenPicker } from '../../time/when-picker.js'
import { type DeliveryChoice, deliveryStates } from './delivery-choice.js'

type NamedAction = ActionNamesQuery['actions'][number]

interface DeliveryFiltersProps {
  readonly choice: DeliveryChoice
  change(what: Partial<DeliveryChoice>): void
}

/** Everything that the server filters deliveries by. */
export function DeliveryFilters({ choice, change }: DeliveryFiltersProps) {
  return (
    <Filters
      label={say.deliveryList.filters}
      first={<StateChoice choice={choice} change={change} />}
      chosen={[choice.rule, choice.action, choice.since || choice.until]}
    >
      <WhenPicker when={choice} change={({ since, until }) => change({ since, until })} />
      <RuleSelect value={choice.rule} choose={(rule) => change({ rule, action: '' })} />
      <ActionSelect choice={choice} change={change} />
    </Filters>
  )
}

/** In a phone's row there is no room for all of them beside one another. */
function StateChoice({ choice, change }: DeliveryFiltersProps) {
  const isNarrow = useIsNarrow()
  const options = deliveryStates.map((value) => ({ value, text: say.deliveries.states[value] ?? value }))
  const choose = (state: string): void =>
    change({ state: deliveryStates.find((one) => one === state) ?? null })
  if (!isNarrow)
    return (
      <Segments
        label={say.deliveryList.status}
        value={choice.state ?? 'all'}
        options={[{ value: 'all', text: say.deliveryList.all }, ...options]}
        choose={choose}
      />
    )
  return (
    <ListSelect
      label={say.deliveryList.status}
      unchosen={say.deliveryList.anyStatus}
      value={choice.state ?? ''}
      choose={choose}
    >
      {options.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </ListSelect>
  )
}

/** The actions there are, of the rule that is chosen or by their rules. */
function ActionSelect({ choice, change }: DeliveryFiltersProps) {
  const answer = useAnswer(ActionNamesDocument, {})
  const all = answer.data?.actions
  const actions = (all ?? []).filter(({ ruleId }) => choice.rule === '' || ruleId === choice.rule)
  const isListed = choice.action === '' || all?.some(({ id }) => id === choice.action)
  return (
    <>
      <ListSelect
        label={say.deliveryList.action}
        unchosen={say.deliveryList.anyAction}
        value={choice.action}
        choose={(action) => change({ action })}
      >
        {!isListed && (
          <option value={choice.action}>
            {all ? say.deliveryList.deletedAction : say.deliveryList.oneAction}
          </option>
        )}
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
      <Lack answer={answer} what={say.deliveryList.actions} />
    </>
  )
}

function nameOf({ actionType, config }: NamedAction): string {
  const type = actionLook(actionType).text
  const target = actionTarget(config)
  return target === null ? type : say.action.to(type, target)
}
