import { type ReactElement, useMemo, useState } from 'react'
import type { PreviewRuleQuery } from '../../api/documents.js'
import { Chart } from '../../charts/chart.js'
import type { Series } from '../../charts/time-series.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { LinkButton } from '../../components/link-button.js'
import { Note } from '../../components/note.js'
import { Panel } from '../../components/panel.js'
import { Segments } from '../../components/segments.js'
import { Empty, Failed, Skeleton } from '../../components/states.js'
import { Trouble } from '../../components/trouble.js'
import { FoundLog } from '../../logs/found-log.js'
import { briefSummary, troublesInWords } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { type Span, spans } from '../../time/span-picker.js'
import { isWhole, type RuleDraft } from './rule-draft.js'
import { type Preview, PREVIEW_NAME } from './use-preview.js'
import './rule-preview.css'

type Found = PreviewRuleQuery['previewRule']

const LONGEST: Span = '30d'

interface RulePreviewProps {
  readonly draft: RuleDraft
  readonly preview: Preview
  /** Leads to what is to be written next. */
  toSentence(): void
}

/** What the rule would have done, had it stood for an hour, a day, a week or a month. */
export function RulePreview({ draft, preview, toSentence }: RulePreviewProps) {
  return (
    <Panel
      className="preview"
      title={say.preview.title}
      tools={
        draft.condition !== 'SYSTEM' && (
          <Segments<Span>
            label={say.preview.span}
            value={preview.span}
            options={spans.map((value) => ({ value, text: say.span.lengths[value] }))}
            choose={preview.choose}
          />
        )
      }
    >
      <Content draft={draft} preview={preview} toSentence={toSentence} />
    </Panel>
  )
}

interface PreviewLineProps extends Omit<RulePreviewProps, 'toSentence'> {
  /** Leads to the preview itself. */
  show(): void
}

/** The same in one line right below the sentence, where there is no room for the preview beside it. */
export function PreviewLine({ draft, preview, show }: PreviewLineProps) {
  const { data, isOld, error } = preview
  if (!isWhole(draft) || draft.condition === 'SYSTEM' || (error && !data)) return null
  return (
    <button type="button" className="preview-line" aria-busy={isOld} onClick={show}>
      <Icon name="bell" />
      <span>
        {data
          ? say.preview.inBrief(data.matchCount, data.alertCount, say.span.lengths[preview.span])
          : say.preview.looking}
      </span>
      <Icon name="chevron" />
    </button>
  )
}

function Content({ draft, preview, toSentence }: RulePreviewProps) {
  const goOn = <Button onClick={toSentence}>{say.preview.toSentence}</Button>
  if (draft.condition === 'SYSTEM')
    return (
      <Empty
        icon="info"
        title={say.preview.noLogs}
        action={<LinkButton href="/settings">{say.preview.toHealth}</LinkButton>}
      >
        {isWhole(draft) ? say.preview.tellsWhen(troublesInWords(draft.value)) : say.preview.noTrouble}
      </Empty>
    )
  if (!isWhole(draft))
    return (
      <Empty icon="edit" title={say.preview.unfinished} action={goOn}>
        {say.preview.unfinishedNext}
      </Empty>
    )
  if (preview.error?.fault === 'invalid')
    return (
      <Empty icon="warning" title={say.preview.invalid} action={goOn}>
        {say.preview.invalidNext}
      </Empty>
    )
  if (preview.error && !preview.data) return <Failed error={preview.error} retry={preview.retry} />
  if (!preview.data) return <Skeleton lines={6} />
  const further = (
    <Button onClick={() => preview.choose(LONGEST)}>{say.preview.further(say.span.lengths[LONGEST])}</Button>
  )
  const told = draft.actions.filter(({ enabled }) => enabled).length
  return (
    <div className="preview-found" data-old={preview.isOld || undefined} aria-busy={preview.isOld}>
      <Trouble answer={{ ...preview, refetch: preview.retry }} />
      <Figures found={preview.data} told={told} />
      <OverTime found={preview.data} />
      {preview.data.warnings.map((warning) => (
        <Note key={warning} tone="warn" icon="warning">
          {warning}
        </Note>
      ))}
      <Lists found={preview.data} next={preview.span === LONGEST ? goOn : further} />
    </div>
  )
}

function Figures({ found, told }: { readonly found: Found; readonly told: number }) {
  const { logCount, matchCount, alertCount } = found
  return (
    <>
      <dl className="figures" aria-live="polite">
        <div>
          <dt>{say.preview.matches}</dt>
          <dd className="number">{say.figure(matchCount)}</dd>
        </div>
        <div>
          <dt>{say.preview.alerts}</dt>
          <dd className="number">{say.figure(alertCount)}</dd>
        </div>
        <div>
          <dt>{say.preview.sent}</dt>
          <dd className="number">{say.figure(alertCount * told)}</dd>
        </div>
      </dl>
      <p className="muted small">{say.preview.looked(logCount)}</p>
    </>
  )
}

/** Each match is of one alert or joins one, so both stand on one another. */
function OverTime({ found }: { readonly found: Found }) {
  const [times, series, bucketSeconds] = useMemo(() => {
    const from = found.buckets.map((bucket) => Date.parse(bucket.from))
    const alerts = found.buckets.map((bucket) => bucket.alerts)
    const others = found.buckets.map((bucket) => Math.max(bucket.matches - bucket.alerts, 0))
    const rows: readonly Series[] = [
      { key: 'alerts', name: say.preview.alertsSeries, colour: '--series-3', values: alerts },
      { key: 'matches', name: say.preview.matchesSeries, colour: '--series-1', values: others },
    ]
    return [from, rows, ((from[1] ?? 0) - (from[0] ?? 0)) / 1_000] as const
  }, [found])
  return (
    <Chart
      className="preview-chart"
      title={say.preview.chart}
      as="bars"
      times={times}
      bucketSeconds={bucketSeconds}
      series={series}
    />
  )
}

type ListName = 'alerts' | 'matches'

/** So many fit beside the sentence at first. */
const FEW = 8

function Lists({ found, next }: { readonly found: Found; readonly next: ReactElement }) {
  const [list, setList] = useState<ListName>('alerts')
  const [areAllShown, showAll] = useState(false)
  const rows =
    list === 'alerts'
      ? found.alerts.map(({ log, triggeredAt, summary }) => ({
          log,
          at: triggeredAt,
          text: briefSummary(PREVIEW_NAME, summary),
        }))
      : found.matches.map(({ log, at }) => ({ log, at, text: null }))
  const further = (list === 'alerts' ? found.alertCount : found.matchCount) - rows.length
  if (found.matchCount === 0)
    return (
      <Empty icon="search" title={say.preview.none} action={next}>
        {say.preview.noneNext}
      </Empty>
    )
  return (
    <section className="preview-list">
      <Segments<ListName>
        label={say.preview.list}
        value={list}
        options={[
          { value: 'alerts', text: say.preview.alerts },
          { value: 'matches', text: say.preview.matches },
        ]}
        choose={setList}
      />
      <ul>
        {(areAllShown ? rows : rows.slice(0, FEW)).map(({ log, at, text }) => (
          <li key={`${log.id} ${at}`}>
            <FoundLog log={log} at={at} text={text} />
          </li>
        ))}
      </ul>
      {!areAllShown && rows.length > FEW && (
        <Button onClick={() => showAll(true)}>
          {further > 0 ? say.preview.newest(rows.length) : say.preview.all(rows.length)}
        </Button>
      )}
      {further > 0 && (areAllShown || rows.length <= FEW) && (
        <p className="muted small">{say.preview.andMore(further)}</p>
      )}
    </section>
  )
}
