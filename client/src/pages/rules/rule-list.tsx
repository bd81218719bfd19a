import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import {
  RulesDocument,
  type RulesQuery,
  type RuleTextFragment,
  UpdateRuleDocument,
} from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { LinkButton } from '../../components/link-button.js'
import { PageHead } from '../../components/page-head.js'
import { Answered, Empty } from '../../components/states.js'
import { Switch } from '../../components/switch.js'
import { useToast } from '../../components/toasts.js'
import { useListKeys } from '../../components/use-list-keys.js'
import { actionLook } from '../../rules/action-look.js'
import { actionTarget } from '../../rules/action-words.js'
import { ManagedNote } from '../../rules/managed-note.js'
import { ruleQueries } from '../../rules/reread-rules.js'
import { useDeleteRule, usePendingDeletes } from '../../rules/rule-deletions.js'
import { ruleSentence } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import './rule-list.css'

type ListedRule = RulesQuery['rules'][number]

export function RuleList() {
  const answer = useAnswer(RulesDocument, {}, { every: HOW_OFTEN_MS.settled })
  const pending = usePendingDeletes()
  const scope = useScope('OPERATE')
  return (
    <>
      <PageHead
        title={say.nav.rules}
        about={say.rules.about}
        tools={
          scope.may && (
            <Link className="button button-primary" href="/rules/new">
              <Icon name="plus" />
              {say.rules.create}
            </Link>
          )
        }
      />
      <ScopeNote scope={scope} />
      <ManagedNote among={answer.data?.rules ?? []} />
      <section className="panel" aria-label={say.nav.rules}>
        <Answered answer={answer} lines={6}>
          {({ rules }) => {
            const shown = rules.filter(({ id }) => !pending.has(id))
            return shown.length === 0 ? <NoRules may={scope.may} /> : <Rows rules={shown} />
          }}
        </Answered>
      </section>
    </>
  )
}

function NoRules({ may }: { readonly may: boolean }) {
  return (
    <Empty
      icon="rule"
      title={say.rules.none}
      action={
        may ? (
          <Link className="button button-primary" href="/rules/new">
            {say.rules.create}
          </Link>
        ) : (
          <LinkButton href="/logs">{say.log.allLogs}</LinkButton>
        )
      }
    >
      {say.rules.noneNext}
    </Empty>
  )
}

function Rows({ rules }: { readonly rules: readonly ListedRule[] }) {
  const list = useListKeys()
  const remove = useDeleteRule()
  const removed = useRef<number | null>(null)
  useEffect(() => {
    if (removed.current === null) return
    // The focus was on the row that is gone: it goes on to the one that stands in its place.
    const row = list.current?.children[Math.min(removed.current, rules.length - 1)]
    row?.querySelector<HTMLElement>('a')?.focus()
    removed.current = null
  }, [list, rules.length])
  return (
    <ul className="rules" ref={list}>
      {rules.map((rule, place) => (
        <Row
          key={rule.id}
          rule={rule}
          remove={() => {
            removed.current = place
            remove(rule)
          }}
        />
      ))}
    </ul>
  )
}

function Row({ rule, remove }: { readonly rule: ListedRule; readonly remove: () => void }) {
  return (
    <li className="rule-row" data-off={!rule.enabled || undefined}>
      <Toggle rule={rule} />
      <div className="rule-words">
        <p className="rule-name">
          <Link href={`/rules/${rule.id}`}>{rule.name}</Link>
          {rule.managedBy !== null && (
            <Badge tone="idle" icon="code" text={say.rules.managed(rule.managedBy)} />
          )}
        </p>
        <p className="muted">{ruleSentence(rule)}</p>
        <Told actions={rule.actions} />
      </div>
      <Fired rule={rule} />
      <Tools rule={rule} remove={remove} />
    </li>
  )
}

function Toggle({ rule }: { readonly rule: RuleTextFragment }) {
  const change = useChange(UpdateRuleDocument, ruleQueries)
  const { may, why } = useScope('OPERATE')
  const toast = useToast()
  const isOn = change.isPending ? (change.variables.input.enabled ?? rule.enabled) : rule.enabled
  return (
    <Switch
      label={say.rules.enabled(rule.name)}
      isOn={isOn}
      disabled={!may || rule.managedBy !== null}
      title={rule.managedBy !== null ? say.rules.managed(rule.managedBy) : why}
      set={(enabled) =>
        change.mutate(
          { id: rule.id, input: { enabled } },
          { onError: ({ message }) => toast({ tone: 'bad', text: message }) },
        )
      }
    />
  )
}

/** Whom the rule tells. */
function Told({ actions }: { readonly actions: RuleTextFragment['actions'] }) {
  const told = actions.filter(({ enabled }) => enabled)
  if (told.length === 0) return <p className="rule-told muted small">{say.rules.tellsNobody}</p>
  return (
    <ul className="rule-told" aria-label={say.rules.tells}>
      {told.map(({ id, actionType, config }) => (
        <li key={id} className="told">
          <Icon name={actionLook(actionType).icon} />
          <span>{actionTarget(config) ?? actionLook(actionType).text}</span>
        </li>
      ))}
    </ul>
  )
}

function Fired({ rule: { id, alertCount, lastFiredAt } }: { readonly rule: ListedRule }) {
  if (lastFiredAt === null) return <div className="rule-fired muted">{say.rules.never}</div>
  return (
    <div className="rule-fired">
      <Link className="number" href={`/alerts?rule=${id}`}>
        {say.rules.fired(alertCount)}
      </Link>
      <span className="muted" title={say.rules.lastFired}>
        {say.rules.lastOne} <Time at={lastFiredAt} as="either" />
      </span>
    </div>
  )
}

function Tools({ rule, remove }: { readonly rule: RuleTextFragment; readonly remove: () => void }) {
  const { may, why } = useScope('OPERATE')
  const isManaged = rule.managedBy !== null
  return (
    <div className="rule-tools">
      {may && (
        <Link
          className="button button-quiet button-icon"
          href={`/rules/new?copy=${rule.id}`}
          aria-label={say.rules.duplicate(rule.name)}
          title={say.rules.duplicate(rule.name)}
        >
          <Icon name="copy" />
        </Link>
      )}
      <Button
        kind="quiet"
        icon="trash"
        aria-label={say.rules.remove(rule.name)}
        title={isManaged ? say.rules.managed(rule.managedBy) : (why ?? say.rules.remove(rule.name))}
        disabled={!may || isManaged}
        onClick={remove}
      />
    </div>
  )
}
