import { Filters } from '../../components/filters.js'
import { ListSelect } from '../../components/list-select.js'
import { SearchField } from '../../components/search-field.js'
import { actionLook } from '../../rules/action-look.js'
import { RuleSelect } from '../../rules/rule-select.js'
import { say } from '../../strings.js'
import type { ActionChoice, ListedAction } from './action-choice.js'

interface ActionFiltersProps {
  readonly choice: ActionChoice
  readonly actions: readonly ListedAction[]
  change(what: Partial<ActionChoice>): void
}

export function ActionFilters({ choice, actions, change }: ActionFiltersProps) {
  const types = [...new Set([...actions.map(({ actionType }) => actionType), choice.type])].filter(
    (type) => type !== '',
  )
  return (
    <Filters
      label={say.actionList.filters}
      first={
        <SearchField
          label={say.actionList.search}
          short={say.actionList.searchShort}
          value={choice.search}
          search={(search) => change({ search })}
        />
      }
      chosen={[choice.type, choice.rule]}
    >
      <ListSelect
        label={say.actionList.type}
        unchosen={say.actionList.anyType}
        value={choice.type}
        choose={(type) => change({ type })}
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {actionLook(type).text}
          </option>
        ))}
      </ListSelect>
      <RuleSelect value={choice.rule} choose={(rule) => change({ rule })} />
    </Filters>
  )
}
