import { useState } from 'react'
import {
  DeleteReceiverDocument,
  ReceiversDocument,
  type ReceiverTextFragment,
  UpdateReceiverDocument,
} from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Confirm } from '../../components/confirm.js'
import { CopyButton } from '../../components/copy-button.js'
import { Note } from '../../components/note.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { Switch } from '../../components/switch.js'
import { useToast } from '../../components/toasts.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { NewReceiver } from './new-receiver.js'

/** Where other systems may send their records to. */
export function ReceiversPart() {
  const scope = useScope('ADMIN')
  const answer = useAnswer(ReceiversDocument, {})
  const [isMaking, setMaking] = useState(false)
  const [deleting, setDeleting] = useState<ReceiverTextFragment | null>(null)
  const remove = useChange(DeleteReceiverDocument, ['Receivers'])
  return (
    <>
      {!scope.may && (
        <Note tone="busy" icon="info">
          {scope.why}
        </Note>
      )}
      <Panel
        title={say.settings.receivers}
        tools={
          scope.may && (
            <Button icon="plus" onClick={() => setMaking(true)}>
              {say.receivers.create}
            </Button>
          )
        }
        isFlush
      >
        <Answered answer={answer} lines={4}>
          {({ receivers }) =>
            receivers.length === 0 ? (
              <Empty icon="plug" title={say.receivers.none}>
                {say.receivers.noneNext}
              </Empty>
            ) : (
              <ul className="setting-rows">
                {receivers.map((receiver) => (
                  <Row
                    key={receiver.id}
                    receiver={receiver}
                    isReadOnly={!scope.may || receiver.managedBy !== null}
                    remove={() => setDeleting(receiver)}
                  />
                ))}
              </ul>
            )
          }
        </Answered>
      </Panel>
      {isMaking && <NewReceiver close={() => setMaking(false)} />}
      {deleting && (
        <Confirm
          title={say.receivers.deleteTitle(deleting.name)}
          button={say.receivers.remove}
          error={remove.error?.message}
          isBusy={remove.isPending}
          close={() => setDeleting(null)}
          confirm={() => remove.mutate({ id: deleting.id }, { onSuccess: () => setDeleting(null) })}
        >
          {say.receivers.deleteAbout}
        </Confirm>
      )}
    </>
  )
}

interface RowProps {
  readonly receiver: ReceiverTextFragment
  readonly isReadOnly: boolean
  readonly remove: () => void
}

function Row({ receiver, isReadOnly, remove }: RowProps) {
  const { id, name, description, enabled, url, hasSecret, hasToken, managedBy } = receiver
  const change = useChange(UpdateReceiverDocument, ['Receivers'])
  const toast = useToast()
  const proofs = [hasSecret && say.receivers.secret, hasToken && say.receivers.token].filter(Boolean)
  return (
    <li className="setting-row" data-off={!enabled || undefined}>
      <Switch
        label={say.receivers.enabled(name)}
        isOn={enabled}
        disabled={isReadOnly}
        set={(isOn) =>
          change.mutate(
            { id, input: { enabled: isOn } },
            { onError: ({ message }) => toast({ tone: 'bad', text: message }) },
          )
        }
      />
      <div className="setting-words">
        <strong>{name}</strong>
        {description !== null && <span className="small">{description}</span>}
        <span className="setting-url">
          <code>{url}</code>
          <CopyButton text={url} label={say.receivers.copyUrl(name)} />
        </span>
        <span className="muted small">
          {proofs.length > 0 ? proofs.join(', ') : say.receivers.keyOnly}
          {' · '}
          {say.receivers.received(receiver.receivedCount)}
          {receiver.lastReceivedAt !== null && (
            <>
              {', '}
              <Time at={receiver.lastReceivedAt} as="ago" />
            </>
          )}
        </span>
      </div>
      <div className="setting-side">
        {managedBy !== null && <Badge tone="idle" icon="code" text={say.rules.managed(managedBy)} />}
        {!isReadOnly && (
          <Button kind="quiet" icon="trash" aria-label={say.receivers.removeIt(name)} onClick={remove} />
        )}
      </div>
    </li>
  )
}
