import { AuditLogDocument } from '../../../api/documents.js'
import { HOW_OFTEN_MS } from '../../../api/how-often.js'
import { usePages } from '../../../api/use-pages.js'
import { useScope } from '../../../app/scope.js'
import { ScopeNote } from '../../../app/scope-note.js'
import { useAddressChoice } from '../../../app/use-address-choice.js'
import { Button } from '../../../components/button.js'
import { LinkButton } from '../../../components/link-button.js'
import { Older } from '../../../components/older.js'
import { Panel } from '../../../components/panel.js'
import { Answered, Empty } from '../../../components/states.js'
import { useListKeys } from '../../../components/use-list-keys.js'
import { say } from '../../../strings.js'
import { serverNow } from '../../../time/server-clock.js'
import { auditChoiceIn, auditFilterOf, auditParametersOf, everyChange } from './audit-choice.js'
import { AuditEntry } from './audit-entry.js'
import { AuditFilters } from './audit-filters.js'
import './audit.css'

/** Who changed what, and when. */
export function AuditPart() {
  const scope = useScope('ADMIN')
  if (!scope.may) return <ScopeNote scope={scope} />
  return <AuditLog />
}

function AuditLog() {
  const [choice, change] = useAddressChoice(auditChoiceIn, auditParametersOf)
  const pages = usePages(AuditLogDocument, () => ({ filter: auditFilterOf(choice, serverNow()) }), {
    of: ({ auditLog }) => auditLog,
    keptAs: choice,
    every: HOW_OFTEN_MS.untold,
    stopsWithOlder: true,
  })
  const list = useListKeys()
  return (
    <>
      <AuditFilters choice={choice} change={change} />
      <Panel title={say.audit.title} beside={<span className="muted small">{say.audit.about}</span>} isFlush>
        <Answered answer={pages} lines={8}>
          {({ pages: loaded }) => {
            const entries = loaded.flatMap((page) => page.auditLog.nodes)
            if (entries.length === 0)
              return (
                <NoEntries
                  isFiltered={auditParametersOf(choice).size > 0}
                  clear={() => change(everyChange)}
                />
              )
            return (
              <>
                <ul className="setting-rows" ref={list}>
                  {entries.map((entry) => (
                    <AuditEntry key={entry.id} entry={entry} change={change} />
                  ))}
                </ul>
                <Older pages={pages}>{say.audit.older}</Older>
              </>
            )
          }}
        </Answered>
      </Panel>
    </>
  )
}

function NoEntries({ isFiltered, clear }: { readonly isFiltered: boolean; clear(): void }) {
  if (!isFiltered)
    return (
      <Empty
        icon="clock"
        title={say.audit.none}
        action={<LinkButton href="/rules">{say.alerts.toRules}</LinkButton>}
      >
        {say.audit.noneNext}
      </Empty>
    )
  return (
    <Empty
      icon="filter"
      title={say.audit.noneMatch}
      action={<Button onClick={clear}>{say.audit.showAll}</Button>}
    >
      {say.audit.noneMatchNext}
    </Empty>
  )
}
