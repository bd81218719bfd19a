import { Link } from 'wouter'
import { ErrorCodeCountsDocument, type MeaningFragment, ErrorMeaningsDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { say } from '../../strings.js'

const MOST = 6

/** The error codes that came most often, and what they mean. */
export function ErrorCodes({ since }: { readonly since: string }) {
  const answer = useAnswer(ErrorCodeCountsDocument, { since }, { every: 15_000, keepLast: true })
  return (
    <Panel title={say.overview.codes}>
      <Answered answer={answer} lines={6}>
        {({ logStats }) => {
          const codes = logStats.groups.filter(({ key }) => key !== '' && key !== 'other').slice(0, MOST)
          if (codes.length === 0)
            return (
              <Empty icon="check" title={say.overview.noCodes}>
                {say.overview.noCodesNext}
              </Empty>
            )
          return <Codes codes={codes} since={since} />
        }}
      </Answered>
    </Panel>
  )
}

interface CodesProps {
  readonly codes: readonly { readonly key: string; readonly count: number }[]
  readonly since: string
}

function Codes({ codes, since }: CodesProps) {
  const asked = codes.map(({ key }) => key).toSorted()
  const { data } = useAnswer(ErrorMeaningsDocument, { codes: asked }, { keepLast: true })
  const meanings = new Map(data?.errorCodes.map((meaning) => [meaning.code, meaning]))
  const most = codes[0]?.count ?? 1
  return (
    <ol className="codes">
      {codes.map(({ key, count }) => (
        <li key={key}>
          <Link href={`/logs?code=${encodeURIComponent(key)}&since=${since}`}>
            <code>{key}</code> {meanings.get(key)?.title}
          </Link>
          <span className="codes-count number">{say.figure(count)}</span>
          <Remedy meaning={meanings.get(key)} />
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

function Remedy({ meaning }: { readonly meaning: MeaningFragment | undefined }) {
  if (!meaning) return null
  return (
    <p className="muted small" title={meaning.remedy}>
      {meaning.meaning}
    </p>
  )
}
