import { useMemo, useState } from 'react'
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { Failed, Skeleton } from '../../components/states.js'
import { Lack, Trouble } from '../../components/trouble.js'
import { filterOf } from '../../logs/log-choice.js'
import { LogDrawer } from '../../logs/log-drawer.js'
import { LogFilters } from '../../logs/log-filters.js'
import { LogList } from '../../logs/log-list.js'
import { NoLogs } from '../../logs/no-logs.js'
import { useChoice, useOpenLog } from '../../logs/use-choice.js'
import { say } from '../../strings.js'
import { serverNow } from '../../time/server-clock.js'
import { WhenPicker } from '../../time/when-picker.js'
import { ExportMenu } from './export-menu.js'
import { useLogCount } from './use-log-count.js'
import { type LogHistory, useLogHistory } from './use-log-history.js'
import './page.css'

export default function LogsPage() {
  const [choice, change] = useChoice()
  const [openId, open] = useOpenLog()
  const [asOf, setAsOf] = useState(serverNow)
  const filter = useMemo(() => filterOf(choice, asOf), [choice, asOf])
  const question = JSON.stringify(choice)
  const history = useLogHistory(question, filter, asOf)
  const count = useLogCount(question, filter, asOf)
  const total = count.data?.logs.totalCount
  const { rows } = history
  const retry = (): void => {
    history.retry()
    if (count.error) void count.refetch()
  }

  return (
    <div className="fills logs">
      <PageHead
        title={say.nav.logs}
        about={
          total !== undefined ? say.logs.found(total) : count.error ? say.logs.uncounted : say.logs.counting
        }
        tools={
          <>
            <Button icon="refresh" onClick={() => setAsOf(serverNow())}>
              {say.logs.refresh}
            </Button>
            <ExportMenu filter={filter} total={total} />
          </>
        }
      />
      <LogFilters choice={choice} change={change}>
        <WhenPicker when={choice} change={change} />
      </LogFilters>
      {history.error === null && (
        <>
          <Lack answer={count} what={say.logs.count} />
          <Trouble answer={count} />
        </>
      )}
      <section className="panel logs-list" aria-label={say.logs.label} aria-busy={history.isRereading}>
        {history.isLoaded && (
          <Trouble
            answer={{ data: rows, error: history.error, dataUpdatedAt: history.readAt, refetch: retry }}
          />
        )}
        {history.error && !history.isLoaded ? (
          <Failed error={history.error} retry={retry} />
        ) : !history.isLoaded ? (
          <Skeleton lines={9} />
        ) : rows.length === 0 ? (
          <NoLogs choice={choice} change={change} words={say.logs} />
        ) : (
          <>
            {/* Read anew, it begins at its top. */}
            <LogList
              key={history.asOf}
              label={say.logs.label}
              rows={rows}
              openId={openId}
              open={open}
              nearEnd={history.more}
            />
            <Foot history={history} />
          </>
        )}
      </section>
      {openId !== null && <LogDrawer id={openId} close={() => open(null)} />}
    </div>
  )
}

/** How far the list reaches, and whether it goes on. */
function Foot({ history }: { readonly history: LogHistory }) {
  const { rows, error, moreError, isRereading, isLoadingMore, hasMore } = history
  return (
    <div className="logs-foot muted small" role="status">
      {moreError && !isLoadingMore ? (
        <>
          <span>{say.logs.moreFailed(rows.length, moreError.message)}</span>
          <Button kind="quiet" icon="refresh" onClick={history.retryMore}>
            {say.states.tryAgain}
          </Button>
        </>
      ) : isRereading ? (
        say.logs.rereading(rows.length)
      ) : error ? (
        say.logs.kept(rows.length)
      ) : isLoadingMore ? (
        say.logs.loadingMore
      ) : hasMore ? (
        say.logs.shown(rows.length)
      ) : (
        say.logs.end(rows.length)
      )}
    </div>
  )
}
