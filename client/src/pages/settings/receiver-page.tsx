import { useState } from 'react'
import { useLocation } from 'wouter'
import { DeleteReceiverDocument, ReceiverDocument, type ReceiverTextFragment } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Back } from '../../components/back.js'
import { Button, type ButtonProps } from '../../components/button.js'
import { Confirm } from '../../components/confirm.js'
import { CopyButton } from '../../components/copy-button.js'
import { Note } from '../../components/note.js'
import { Missing } from '../../components/missing.js'
import { PageHead } from '../../components/page-head.js'
import { Panel } from '../../components/panel.js'
import { Answered } from '../../components/states.js'
import { useListKeys } from '../../components/use-list-keys.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { ToCopy } from './to-copy.js'
import { ReceivedList } from './received-list.js'
import { exampleCommand } from './receiver-example.js'
import { ReceiverForm } from './receiver-form.js'
import { ReceiverProofs } from './receiver-proofs.js'
import { ReceiverSwitch } from './receiver-switch.js'

/** One receiver: where to send to, by what proof, how it reads what comes, and what came last. */
export function ReceiverPage({ id }: { readonly id: string }) {
  const answer = useAnswer(ReceiverDocument, { id }, { every: HOW_OFTEN_MS.untold })
  return (
    <Answered answer={answer} lines={8}>
      {({ receiver }) =>
        receiver ? (
          <Details receiver={receiver} />
        ) : (
          <Missing title={say.receivers.missing} href="/settings/receivers" way={say.receivers.back} />
        )
      }
    </Answered>
  )
}

function Details({ receiver }: { readonly receiver: ReceiverTextFragment }) {
  const scope = useScope('ADMIN')
  const isReadOnly = !scope.may || receiver.managedBy !== null
  const { description, maxBytes, mapping } = receiver
  const list = useListKeys<HTMLDivElement>('.received')
  return (
    <>
      <Back href="/settings/receivers">{say.receivers.back}</Back>
      <PageHead
        title={receiver.name}
        about={
          <>
            {say.receivers.received(receiver.receivedCount)}
            {receiver.lastReceivedAt !== null && (
              <>
                {', '}
                {say.receivers.last} <Time at={receiver.lastReceivedAt} as="either" />
              </>
            )}
          </>
        }
        tools={<Tools receiver={receiver} isReadOnly={isReadOnly} />}
      />
      <ScopeNote scope={scope} />
      {receiver.managedBy !== null && (
        <Note tone="busy" icon="code">
          {say.receivers.managedNote(receiver.managedBy)}
        </Note>
      )}
      <div className="receiver-page">
        <div className="receiver-side">
          <Address receiver={receiver} />
          <ReceiverProofs receiver={receiver} isReadOnly={isReadOnly} />
        </div>
        {/* What somebody else saves begins the form anew. */}
        <ReceiverForm
          key={JSON.stringify([description, maxBytes, mapping])}
          receiver={receiver}
          isReadOnly={isReadOnly}
        />
      </div>
      <div className="setting-lists" ref={list}>
        <ReceivedList receiverId={receiver.id} next={<CopyExample receiver={receiver} kind="plain" />} />
      </div>
    </>
  )
}

function Address({ receiver }: { readonly receiver: ReceiverTextFragment }) {
  const command = exampleCommand(receiver)
  return (
    <Panel title={say.receivers.address}>
      <div className="setting-form">
        <ToCopy label={say.receivers.copy(say.receivers.url)} text={receiver.url} />
        <div className="receiver-example">
          <p className="muted small">{say.receivers.example}</p>
          <pre className="foreign-text" role="region" tabIndex={0} aria-label={say.receivers.exampleLabel}>
            {command}
          </pre>
          <CopyExample receiver={receiver} />
        </div>
      </div>
    </Panel>
  )
}

interface CopyExampleProps {
  readonly receiver: ReceiverTextFragment
  readonly kind?: ButtonProps['kind']
}

function CopyExample({ receiver, kind }: CopyExampleProps) {
  return (
    <CopyButton
      text={exampleCommand(receiver)}
      label={say.receivers.copy(say.receivers.exampleLabel)}
      kind={kind}
    >
      {say.receivers.copyExample}
    </CopyButton>
  )
}

function Tools({
  receiver,
  isReadOnly,
}: {
  readonly receiver: ReceiverTextFragment
  readonly isReadOnly: boolean
}) {
  const { id, name, enabled } = receiver
  const [isAsking, setAsking] = useState(false)
  const remove = useChange(DeleteReceiverDocument, ['Receivers'])
  const [, goTo] = useLocation()
  return (
    <>
      <label className="switch-line">
        <ReceiverSwitch receiver={receiver} isReadOnly={isReadOnly} />
        <span aria-hidden="true">{enabled ? say.receivers.on : say.receivers.off}</span>
      </label>
      <Button kind="danger" disabled={isReadOnly} onClick={() => setAsking(true)}>
        {say.receivers.remove}
      </Button>
      {isAsking && (
        <Confirm
          title={say.receivers.deleteTitle(name)}
          button={say.receivers.remove}
          error={remove.error?.message}
          isBusy={remove.isPending}
          close={() => setAsking(false)}
          confirm={() =>
            remove.mutate({ id }, { onSuccess: () => goTo('/settings/receivers', { replace: true }) })
          }
        >
          {say.receivers.deleteAbout}
        </Confirm>
      )}
    </>
  )
}
