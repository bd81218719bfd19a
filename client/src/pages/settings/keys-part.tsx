import { useState } from 'react'
import { ApiKeysDocument, type ApiKeysQuery, RevokeApiKeyDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Confirm } from '../../components/confirm.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { useListKeys } from '../../components/use-list-keys.js'
import type { Look } from '../../components/look.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { useNow } from '../../time/use-now.js'
import { NewKey } from './new-key.js'

type ApiKey = ApiKeysQuery['apiKeys'][number]

/** The keys that open the API: made here, shown once, revoked here. */
export function KeysPart() {
  const scope = useScope('ADMIN')
  const answer = useAnswer(ApiKeysDocument, {}, { enabled: scope.may })
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const revoke = useChange(RevokeApiKeyDocument, ['ApiKeys'])
  if (!scope.may) return <ScopeNote scope={scope} />
  const create = (
    <Button icon="plus" onClick={() => setMaking(true)}>
      {say.keyring.create}
    </Button>
  )
  return (
    <Panel title={say.settings.keys} tools={create} isFlush>
      <Answered answer={answer} lines={4}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <Empty icon="code" title={say.keyring.none} action={create}>
              {say.keyring.noneNext}
            </Empty>
          ) : (
            <Rows apiKeys={apiKeys} revoke={setRevoking} />
          )
        }
      </Answered>
      {isMaking && <NewKey close={() => setMaking(false)} />}
      {revoking && (
        <Confirm
          title={say.keyring.revokeTitle(revoking.name)}
          button={say.keyring.revoke}
          error={revoke.error?.message}
          isBusy={revoke.isPending}
          close={() => setRevoking(null)}
          confirm={() => revoke.mutate({ id: revoking.id }, { onSuccess: () => setRevoking(null) })}
        >
          {say.keyring.revokeAbout}
        </Confirm>
      )}
    </Panel>
  )
}

interface RowsProps {
  readonly apiKeys: readonly ApiKey[]
  revoke(apiKey: ApiKey): void
}

function Rows({ apiKeys, revoke }: RowsProps) {
  const list = useListKeys()
  return (
    <ul className="setting-rows" ref={list}>
      {apiKeys.map((apiKey) => (
        <KeyRow key={apiKey.id} apiKey={apiKey} revoke={() => revoke(apiKey)} />
      ))}
    </ul>
  )
}

function KeyRow({ apiKey, revoke }: { readonly apiKey: ApiKey; readonly revoke: () => void }) {
  const now = useNow()
  const state = keyLook(apiKey, now)
  return (
    <li className="setting-row" data-off={apiKey.revokedAt !== null || undefined} tabIndex={-1}>
      <div className="setting-words">
        <strong>{apiKey.name}</strong>
        <span className="muted small">
          <code>…{apiKey.hint}</code> · {apiKey.scopes.map((scope) => say.scope.names[scope]).join(', ')}
        </span>
        <span className="muted small">
          {apiKey.lastUsedAt === null ? (
            say.keyring.unused
          ) : (
            <>
              {say.keyring.used} <Time at={apiKey.lastUsedAt} as="either" />
            </>
          )}
          {apiKey.expiresAt !== null && (
            <>
              {' · '}
              {say.keyring.expires} <Time at={apiKey.expiresAt} as="full" />
            </>
          )}
        </span>
      </div>
      <div className="setting-side">
        <Badge {...state} />
        {apiKey.revokedAt === null && (
          <Button kind="quiet" aria-label={say.keyring.revokeIt(apiKey.name)} onClick={revoke}>
            {say.keyring.revoke}
          </Button>
        )}
      </div>
    </li>
  )
}

/** Whether a key opens anything; `now` in milliseconds. */
function keyLook({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number): Look {
  if (revokedAt !== null) return { tone: 'idle', icon: 'cross', text: say.keyring.revoked }
  if (expiresAt !== null && Date.parse(expiresAt) <= now)
    return { tone: 'warn', icon: 'clock', text: say.keyring.expired }
  return { tone: 'good', icon: 'check', text: say.keyring.valid }
}
