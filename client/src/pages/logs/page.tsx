import { useMemo, useState } from 'react'
import { LogCountDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { Empty, Failed, Skeleton } from '../../components/states.js'
import { filterOf, type LogChoice } from '../../logs/log-choice.js'
import { LogDrawer } from '../../logs/log-drawer.js'
import { LogFilters } from '../../logs/log-filters.js'
import { LogList } from '../../logs/log-list.js'
import { useChoice, useOpenLog } from '../../logs/use-choice.js'
import { say } from '../../strings.js'
import { type Span, SpanPicker, spans } from '../../time/span-picker.js'
import { DateRange } from './date-range.js'
import { ExportMenu } from './export-menu.js'
import { type LogHistory, useLogHistory } from './use-log-history.js'
import './page.css'

export default function LogsPage() {
  const [choice, change] = useChoice()
  const [openId, open] = useOpenLog()
  const [asOf, setAsOf] = useState(Date.now)
  const filter = useMemo(() => filterOf(choice, asOf), [choice, asOf])
  const history = useLogHistory(filter, asOf)
  const total = useAnswer(LogCountDocument, { filter }, { keepLast: true, asOf }).data?.logs.totalCount
  const { rows } = history

  return (
    <div className="fills logs">
      <PageHead
        title={say.nav.logs}
        about={total === undefined ? say.logs.counting : say.logs.found(total)}
        tools={
          <>
            <Button icon="refresh" onClick={() => setAsOf(Date.now())}>
              {say.logs.refresh}
            </Button>
            <ExportMenu filter={filter} total={total} />
          </>
        }
      />
      <LogFilters choice={choice} change={change}>
        <When choice={choice} change={change} />
      </LogFilters>
      <section className="panel logs-list" aria-label={say.logs.label}>
        {history.error && rows.length === 0 ? (
          <Failed error={history.error} retry={history.retry} />
        ) : !history.isLoaded ? (
          <Skeleton lines={9} />
        ) : rows.length === 0 ? (
          <Empty icon="search" title={say.logs.empty}>
            {say.logs.emptyNext}
          </Empty>
        ) : (
          <>
            <LogList label={say.logs.label} rows={rows} openId={openId} open={open} nearEnd={history.more} />
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
  const { rows, moreError, isLoadingMore, hasMore } = history
  return (
    <div className="logs-foot muted small" role="status">
      {moreError && !isLoadingMore ? (
        <>
          <span>{say.logs.moreFailed(rows.length, moreError.message)}</span>
          <Button kind="quiet" icon="refresh" onClick={history.retryMore}>
            {say.states.tryAgain}
          </Button>
        </>
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

interface WhenProps {
  readonly choice: LogChoice
  change(what: Partial<LogChoice>): void
}

/** From when to when: up to now, or between two moments. */
function When({ choice, change }: WhenProps) {
  const [isCustom, setCustom] = useState(false)
  const isSpan = (spans as readonly string[]).includes(choice.since) && choice.until === ''
  const isBetween = isCustom || (!isSpan && (choice.since !== '' || choice.until !== ''))
  const span = isBetween ? 'between' : isSpan ? (choice.since as Span) : 'all'
  return (
    <>
      <SpanPicker<'all' | 'between'>
        span={span}
        further={[
          { value: 'all', text: say.span.all },
          { value: 'between', text: say.span.between },
        ]}
        choose={(chosen) => {
          setCustom(chosen === 'between')
          if (chosen === 'all') change({ since: '', until: '' })
          else if (chosen !== 'between') change({ since: chosen, until: '' })
        }}
      />
      {isBetween && (
        <DateRange
          since={isSpan ? '' : choice.since}
          until={choice.until}
          choose={(since, until) => change({ since, until })}
        />
      )}
    </>
  )
}
