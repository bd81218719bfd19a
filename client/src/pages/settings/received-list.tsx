import type { ReactElement } from 'react'
import { Link } from 'wouter'
import {
  type InboxState,
  ReceivedDocument,
  type ReceivedQuery,
  ReplayReceivedDocument,
} from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useChange } from '../../api/use-change.js'
import { usePages } from '../../api/use-pages.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { ForeignText } from '../../components/foreign-text.js'
import { prettyText } from '../../components/json-text.js'
import { Older } from '../../components/older.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { useToast } from '../../components/toasts.js'
import type { Look } from '../../components/look.js'
import { logPath } from '../../logs/log.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'

type Received = ReceivedQuery['received']['nodes'][number]

const looks: Readonly<Record<InboxState, Omit<Look, 'text'>>> = {
  DONE: { tone: 'good', icon: 'check' },
  FAILED: { tone: 'bad', icon: 'cross' },
  IGNORED: { tone: 'idle', icon: 'dash' },
  PENDING: { tone: 'busy', icon: 'clock' },
}

interface ReceivedListProps {
  readonly receiverId?: string
  /** What to do where nothing came in yet. */
  readonly next: ReactElement
}

/** The webhooks that came in last, of one receiver or of all and Twilio. */
export function ReceivedList({ receiverId, next }: ReceivedListProps) {
  const pages = usePages(
    ReceivedDocument,
    { receiverId: receiverId ?? null },
    { of: ({ received }) => received, every: HOW_OFTEN_MS.happening },
  )
  const scope = useScope('OPERATE')
  return (
    <Panel title={say.received.title} isFlush>
      <Answered answer={pages} lines={4}>
        {({ pages: loaded }) => {
          const entries = loaded.flatMap((page) => page.received.nodes)
          if (entries.length === 0)
            return (
              <Empty icon="download" title={say.received.none} action={next}>
                {receiverId === undefined ? say.received.noneNext : say.received.noneOfOneNext}
              </Empty>
            )
          return (
            <>
              <ScopeNote scope={scope} />
              <ul className="setting-rows">
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} isNamed={receiverId === undefined} />
                ))}
              </ul>
              <Older pages={pages}>{say.received.older}</Older>
            </>
          )
        }}
      </Answered>
    </Panel>
  )
}

function Entry({ entry, isNamed }: { readonly entry: Received; readonly isNamed: boolean }) {
  const { channel, receivedAt, state, error, body, log } = entry
  return (
    <li className="received">
      <div className="received-head">
        <Badge {...looks[state]} text={say.received.states[state]} />
        {isNamed && <span className="received-from">{say.received.from(channel)}</span>}
        <Time at={receivedAt} />
        <span className="received-tools">
          {log && (
            <Link className="button button-quiet" href={logPath(log.id)}>
              {say.received.openLog}
            </Link>
          )}
          {state !== 'PENDING' && <Replay id={entry.id} />}
        </span>
      </div>
      {log && <What log={log} />}
      {error !== null && <p className={`small tone-${looks[state].tone} received-why`}>{error}</p>}
      <details>
        <summary className="muted small">{say.received.body}</summary>
        <ForeignText label={say.received.body} text={prettyText(body)} />
      </details>
    </li>
  )
}

/** What it told of, where that can be said in a line. */
function What({ log: { status, errorCode, errorMessage } }: { readonly log: NonNullable<Received['log']> }) {
  const words = [status, errorCode, errorMessage].filter((word) => word !== null)
  return words.length > 0 && <p className="received-what">{words.join(' · ')}</p>
}

function Replay({ id }: { readonly id: string }) {
  const { may, why } = useScope('OPERATE')
  const toast = useToast()
  const replay = useChange(ReplayReceivedDocument, ['Received', 'Receiver', 'Receivers'], {
    done: () => toast({ tone: 'good', text: say.received.replaying }),
    failed: ({ message }) => toast({ tone: 'bad', text: message }),
  })
  return (
    <Button
      kind="quiet"
      icon="refresh"
      isBusy={replay.isPending}
      disabled={!may}
      title={why ?? say.received.replayAbout}
      onClick={() => replay.mutate({ id })}
    >
      {say.received.replay}
    </Button>
  )
}
