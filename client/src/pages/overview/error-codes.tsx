import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { ErrorCodeCountsDocument, type MeaningFragment, ErrorMeaningsDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { TableSwitch } from '../../charts/table-switch.js'
import { LinkButton } from '../../components/link-button.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { Lack } from '../../components/trouble.js'
import { say } from '../../strings.js'
import type { Stretch } from './stretch.js'
import '../../charts/chart.css'

const MOST = 6

/** The error codes that came most often, and what they mean: as bars, or as a table. */
export function ErrorCodes({ span, since, enabled }: Omit<Stretch, 'buckets'>) {
  const [isTable, setTable] = useState(false)
  const answer = useAnswer(
    ErrorCodeCountsDocument,
    { since },
    { every: HOW_OFTEN_MS.told, keepLast: true, keptAs: { span }, enabled },
  )
  return (
    <Panel
      title={say.overview.codes}
      tools={<TableSwitch title={say.overview.codes} isTable={isTable} set={setTable} />}
    >
      <Answered answer={answer} lines={6}>
        {({ logStats }) => {
          const codes = logStats.groups.filter(({ key }) => key !== '' && key !== 'other').slice(0, MOST)
          if (codes.length === 0)
            return (
              <Empty
                icon="check"
                title={say.overview.noCodes}
                action={<LinkButton href={`/logs?since=${span}`}>{say.overview.toLogs}</LinkButton>}
              >
                {say.overview.noCodesNext}
              </Empty>
            )
          return <KnownCodes codes={codes} since={since} isTable={isTable} />
        }}
      </Answered>
    </Panel>
  )
}

interface KnownCodesProps {
  readonly codes: readonly { readonly key: string; readonly count: number }[]
  readonly since: string
  readonly isTable: boolean
}

/** They are there before what they mean is. */
function KnownCodes(props: KnownCodesProps) {
  const asked = props.codes.map(({ key }) => key).toSorted()
  const answer = useAnswer(ErrorMeaningsDocument, { codes: asked }, { keepLast: true })
  const meanings = new Map(answer.data?.errorCodes.map((meaning) => [meaning.code, meaning]))
  return (
    <>
      <Lack answer={answer} what={say.overview.meanings} />
      <Codes {...props} meanings={meanings} />
    </>
  )
}

interface CodesProps extends KnownCodesProps {
  readonly meanings: ReadonlyMap<string, MeaningFragment>
}

function Codes({ codes, since, isTable, meanings }: CodesProps) {
  const linked = (code: string, text: ReactNode): ReactNode => (
    <Link href={`/logs?code=${encodeURIComponent(code)}&since=${since}`}>{text}</Link>
  )
  if (isTable)
    return (
      <div className="chart-table codes-table" role="region" aria-label={say.overview.codes} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.overview.code}</th>
              <th scope="col">{say.overview.codeMeans}</th>
              <th scope="col" className="figure">
                {say.overview.codeLogs}
              </th>
            </tr>
          </thead>
          <tbody>
            {codes.map(({ key, count }) => (
              <tr key={key}>
                <th scope="row">{linked(key, <code>{key}</code>)}</th>
                <td>
                  {meanings.get(key)?.title ?? say.none}
                  <Meaning of={meanings.get(key)} />
                </td>
                <td className="figure">{say.figure(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  const most = codes[0]?.count ?? 1
  return (
    <ol className="codes">
      {codes.map(({ key, count }) => (
        <li key={key}>
          {linked(
            key,
            <>
              <code>{key}</code> {meanings.get(key)?.title}
            </>,
          )}
          <span className="codes-count number">{say.figure(count)}</span>
          <Meaning of={meanings.get(key)} />
          <meter
            className="codes-bar"
            min={0}
            max={most}
            value={count}
            aria-label={say.overview.share(key)}
          />
        </li>
      ))}
    </ol>
  )
}

function Meaning({ of: meaning }: { readonly of: MeaningFragment | undefined }) {
  return meaning ? <p className="muted small">{meaning.meaning}</p> : null
}
