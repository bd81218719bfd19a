import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { ActionsDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { useAddressChoice } from '../../app/use-address-choice.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { LinkButton } from '../../components/link-button.js'
import { PageHead } from '../../components/page-head.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { Lack } from '../../components/trouble.js'
import { useListKeys } from '../../components/use-list-keys.js'
import { byRule, type RuleGroup } from '../../rules/by-rule.js'
import { ManagedNote } from '../../rules/managed-note.js'
import { usePendingDeletes } from '../../rules/rule-deletions.js'
import { say } from '../../strings.js'
import {
  actionChoiceIn,
  actionParametersOf,
  everyAction,
  isChosen,
  type ListedAction,
} from './action-choice.js'
import { ActionFilters } from './action-filters.js'
import { ActionRow } from './action-row.js'
import type { LatestDeliveries } from './latest-deliveries.js'
import { useLatestDeliveries } from './use-latest-deliveries.js'
import './actions.css'

/** So many are drawn at first, and so many more each time. */
const DRAWN = 100
const none: readonly ListedAction[] = []
const unknown: LatestDeliveries = new Map()

/** Who is told, over all rules. */
export default function ActionsPage() {
  const [choice, change] = useAddressChoice(actionChoiceIn, actionParametersOf)
  const answer = useAnswer(ActionsDocument, {}, { every: HOW_OFTEN_MS.settled })
  const pending = usePendingDeletes()
  const actions = (answer.data?.actions ?? none).filter(({ rule }) => !pending.has(rule.id))
  const chosen = byRule(actions.filter((action) => isChosen(action, choice))).flatMap(
    (group) => group.actions,
  )
  const [most, setMost] = useState(DRAWN)
  const drawn = chosen.slice(0, most)
  const latest = useLatestDeliveries(drawn.map(({ id }) => id))
  return (
    <>
      <PageHead
        title={say.nav.actions}
        about={answer.data ? say.actionList.found(chosen.length, actions.length) : say.actionList.about}
      />
      <ScopeNote scope={useScope('OPERATE')} />
      <ManagedNote among={actions} />
      <ActionFilters choice={choice} actions={actions} change={change} />
      <Lack answer={latest} what={say.actionList.latest} />
      <Answered answer={answer} lines={8}>
        {() => (
          <>
            <Groups
              groups={byRule(drawn)}
              latest={latest.data ?? unknown}
              nothing={<NoActions isFiltered={actions.length > 0} clear={() => change(everyAction)} />}
            />
            {chosen.length > most && (
              <div className="list-more">
                <Button onClick={() => setMost(most + DRAWN)}>
                  {say.actionList.more(Math.min(DRAWN, chosen.length - most))}
                </Button>
              </div>
            )}
          </>
        )}
      </Answered>
    </>
  )
}

interface GroupsProps {
  readonly groups: readonly RuleGroup<ListedAction>[]
  readonly latest: LatestDeliveries
  readonly nothing: ReactNode
}

function Groups({ groups, latest, nothing }: GroupsProps) {
  const list = useListKeys<HTMLDivElement>('.action-row')
  if (groups.length === 0) return <section className="panel">{nothing}</section>
  return (
    <div className="action-groups" ref={list}>
      {groups.map(({ rule, actions }) => (
        <Panel
          key={rule.id}
          title={
            <Link className="action-rule" href={`/rules/${rule.id}`}>
              {rule.name}
            </Link>
          }
          beside={<RuleState actions={actions} />}
          isFlush
        >
          <ul className="action-rows">
            {actions.map((action) => (
              <ActionRow key={action.id} action={action} latest={latest.get(action.id)} />
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  )
}

/** What of their rule concerns its actions: that it is off, or that files manage it. */
function RuleState({ actions: [first] }: { readonly actions: readonly ListedAction[] }) {
  if (!first) return null
  return (
    <>
      {!first.rule.enabled && <Badge tone="idle" icon="pause" text={say.actionList.ruleOff} />}
      {first.managedBy !== null && (
        <Badge tone="idle" icon="code" text={say.rules.managed(first.managedBy)} />
      )}
    </>
  )
}

interface NoActionsProps {
  /** Whether there are some that are not shown. */
  readonly isFiltered: boolean
  clear(): void
}

function NoActions({ isFiltered, clear }: NoActionsProps) {
  if (isFiltered)
    return (
      <Empty
        icon="filter"
        title={say.actionList.noneMatch}
        action={<Button onClick={clear}>{say.actionList.showAll}</Button>}
      >
        {say.actionList.noneMatchNext}
      </Empty>
    )
  return (
    <Empty
      icon="plug"
      title={say.actionList.none}
      action={<LinkButton href="/rules">{say.alerts.toRules}</LinkButton>}
    >
      {say.actionList.noneNext}
    </Empty>
  )
}
