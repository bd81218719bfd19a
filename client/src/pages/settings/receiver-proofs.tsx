import { useState } from 'react'
import type { ReceiverTextFragment } from '../../api/documents.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Confirm } from '../../components/confirm.js'
import { Panel } from '../../components/panel.js'
import { say } from '../../strings.js'
import { NewProof } from './new-proof.js'
import { useReceiverChange } from './use-receiver-change.js'

/** By what senders are let in. */
export type Proof = 'secret' | 'token'

interface ReceiverProofsProps {
  readonly receiver: ReceiverTextFragment
  readonly isReadOnly: boolean
}

/** How senders prove who they are. Neither can be read back: they are set, replaced and removed. */
export function ReceiverProofs({ receiver, isReadOnly }: ReceiverProofsProps) {
  const [setting, setSetting] = useState<Proof | null>(null)
  const [removing, setRemoving] = useState<Proof | null>(null)
  const change = useReceiverChange(receiver.id)
  const has = { secret: receiver.hasSecret, token: receiver.hasToken }
  return (
    <Panel title={say.receivers.proofs} isFlush>
      <ul className="setting-rows">
        {(['secret', 'token'] as const).map((proof) => (
          <li key={proof} className="setting-row">
            <div className="setting-words">
              <strong>{say.receivers.proof[proof].name}</strong>
              <span className="muted small">{say.receivers.proof[proof].about}</span>
            </div>
            <div className="setting-side">
              <Badge
                tone={has[proof] ? 'good' : 'idle'}
                icon={has[proof] ? 'check' : 'dash'}
                text={has[proof] ? say.receivers.isSet : say.receivers.isNotSet}
              />
              {!isReadOnly && (
                <>
                  <Button
                    aria-label={say.receivers.setIt(proof, has[proof])}
                    onClick={() => setSetting(proof)}
                  >
                    {has[proof] ? say.receivers.replace : say.receivers.set}
                  </Button>
                  {has[proof] && (
                    <Button
                      kind="quiet"
                      icon="trash"
                      aria-label={say.receivers.removeProof(proof)}
                      onClick={() => setRemoving(proof)}
                    />
                  )}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      {!receiver.hasSecret && !receiver.hasToken && (
        <p className="setting-foot muted small">{say.receivers.keyOnlyAbout}</p>
      )}
      {setting && <NewProof receiver={receiver} proof={setting} close={() => setSetting(null)} />}
      {removing && (
        <Confirm
          title={`${say.receivers.removeProof(removing)}?`}
          button={say.receivers.remove}
          isBusy={change.isBusy}
          error={change.error?.message}
          close={() => setRemoving(null)}
          confirm={() => change.send({ [removing]: null }, { done: () => setRemoving(null) })}
        >
          {say.receivers.removeProofAbout}
        </Confirm>
      )}
    </Panel>
  )
}
