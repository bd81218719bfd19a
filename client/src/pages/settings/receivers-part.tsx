import { useState } from 'react'
import { Link } from 'wouter'
import { ReceiversDocument, type ReceiverTextFragment } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { CopyButton } from '../../components/copy-button.js'
import { LinkButton } from '../../components/link-button.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { useListKeys } from '../../components/use-list-keys.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { NewReceiver } from './new-receiver.js'
import { ReceivedList } from './received-list.js'
import { ReceiverSwitch } from './receiver-switch.js'

/** Where other systems may send their records to, and what came in last. */
export function ReceiversPart() {
  const scope = useScope('ADMIN')
  const answer = useAnswer(ReceiversDocument, {}, { every: HOW_OFTEN_MS.untold })
  const [isMaking, setMaking] = useState(false)
  const create = (
    <Button icon="plus" onClick={() => setMaking(true)}>
      {say.receivers.create}
    </Button>
  )
  const list = useListKeys<HTMLDivElement>('.setting-row, .received')
  const next = scope.may ? create : <LinkButton href="/logs">{say.log.allLogs}</LinkButton>
  return (
    <>
      <ScopeNote scope={scope} />
      {/* One walk leads through both: a page has one key for it. */}
      <div className="setting-lists" ref={list}>
        <Panel title={say.settings.receivers} tools={scope.may && create} isFlush>
          <Answered answer={answer} lines={4}>
            {({ receivers }) =>
              receivers.length === 0 ? (
                <Empty icon="plug" title={say.receivers.none} action={next}>
                  {say.receivers.noneNext}
                </Empty>
              ) : (
                <ul className="setting-rows">
                  {receivers.map((receiver) => (
                    <Row
                      key={receiver.id}
                      receiver={receiver}
                      isReadOnly={!scope.may || receiver.managedBy !== null}
                    />
                  ))}
                </ul>
              )
            }
          </Answered>
        </Panel>
        <ReceivedList next={next} />
      </div>
      {isMaking && <NewReceiver close={() => setMaking(false)} />}
    </>
  )
}

interface RowProps {
  readonly receiver: ReceiverTextFragment
  readonly isReadOnly: boolean
}

function Row({ receiver, isReadOnly }: RowProps) {
  const { id, name, description, enabled, url, hasSecret, hasToken, managedBy } = receiver
  const proofs = [hasSecret && say.receivers.secret, hasToken && say.receivers.token].filter(Boolean)
  return (
    <li className="setting-row" data-off={!enabled || undefined}>
      <ReceiverSwitch receiver={receiver} isReadOnly={isReadOnly} />
      <div className="setting-words">
        <Link className="setting-name" href={`/settings/receivers/${id}`}>
          {name}
        </Link>
        {description !== null && <span className="small">{description}</span>}
        <span className="setting-url">
          <code>{url}</code>
          <CopyButton text={url} label={say.receivers.copyUrl(name)} />
        </span>
      </div>
      <div className="setting-side setting-told muted small">
        {managedBy !== null && <Badge tone="idle" icon="code" text={say.rules.managed(managedBy)} />}
        <span>{proofs.length > 0 ? proofs.join(', ') : say.receivers.keyOnly}</span>
        <span>
          {say.receivers.received(receiver.receivedCount)}
          {receiver.lastReceivedAt !== null && (
            <>
              {', '}
              {say.receivers.last} <Time at={receiver.lastReceivedAt} as="either" />
            </>
          )}
        </span>
      </div>
    </li>
  )
}
