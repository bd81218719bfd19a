import { DropdownMenu } from 'radix-ui'
import { useSearchParams } from 'wouter'
import type { FieldFault } from '../../api/api-error.js'
import { faultsBelow } from '../../api/field-faults.js'
import { Icon } from '../../components/icon.js'
import { Panel } from '../../components/panel.js'
import { Lack } from '../../components/trouble.js'
import { actionLook } from '../../rules/action-look.js'
import { say } from '../../strings.js'
import { ActionCard } from './action-card.js'
import type { ActionDraft } from './rule-draft.js'
import { type ActionTypeInfo, useActionTypes } from './use-action-types.js'
import './action-list.css'

interface ActionListProps {
  readonly actions: readonly ActionDraft[]
  /** As they are stored. */
  readonly before: readonly ActionDraft[]
  /** Named from the list on: `0.config.url`. */
  readonly faults: readonly FieldFault[]
  readonly isReadOnly: boolean
  /** Whether what is stored may be tried out: also where files manage it. */
  readonly mayTest: boolean
  set(actions: readonly ActionDraft[]): void
  /** Stores one of them now; answers its id. Left out while the rule itself is not stored. */
  readonly store?: (action: ActionDraft) => Promise<string>
}

const none: readonly ActionTypeInfo[] = []

let added = 0

/** Who is told, each with its own form. */
export function ActionList({ actions, before, faults, isReadOnly, mayTest, set, store }: ActionListProps) {
  const answer = useActionTypes()
  const types = answer.data?.actionTypes ?? none
  const isLacking = answer.data === undefined && answer.error !== null
  const isLoading = answer.data === undefined && answer.error === null
  const [parameters] = useSearchParams()
  const replace = (key: string, part: Partial<ActionDraft>): void =>
    set(actions.map((action) => (action.key === key ? { ...action, ...part } : action)))
  return (
    <Panel
      title={say.rules.thenTell}
      tools={
        !isReadOnly && (
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger className="button" type="button" disabled={isLacking}>
              <Icon name="plus" />
              <span>{say.rules.addAction}</span>
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={12}>
                {isLoading && (
                  <DropdownMenu.Item className="menu-item muted" disabled>
                    {say.states.loading}
                  </DropdownMenu.Item>
                )}
                {types.map(({ type, title, description }) => (
                  <DropdownMenu.Item
                    key={type}
                    className="menu-item action-type"
                    onSelect={() => {
                      added += 1
                      set([
                        ...actions,
                        { key: `new-${added}`, id: null, actionType: type, config: {}, enabled: true },
                      ])
                    }}
                  >
                    <Icon name={actionLook(type).icon} />
                    <span>
                      {title}
                      <span className="muted small">{description}</span>
                    </span>
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        )
      }
    >
      <Lack answer={answer} what={say.rules.actionTypes} />
      {actions.length === 0 ? (
        <p className="muted">{say.rules.noActions}</p>
      ) : (
        <ul className="actions">
          {actions.map((action, place) => (
            <ActionCard
              key={action.key}
              action={action}
              type={types.find(({ type }) => type === action.actionType)}
              isLoading={isLoading}
              stored={before.find(({ id }) => id !== null && id === action.id)}
              faults={faultsBelow(faults, String(place))}
              isReadOnly={isReadOnly}
              mayTest={mayTest}
              isAskedFor={action.id !== null && action.id === parameters.get('action')}
              change={(part) => replace(action.key, part)}
              remove={() => set(actions.filter(({ key }) => key !== action.key))}
              {...(store && { store: () => store(action) })}
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}
