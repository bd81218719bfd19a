import { Link } from 'wouter'
import { ErrorCodeCountsDocument } from '../../api/documents.js'
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
          const most = codes[0]?.count ?? 1
          if (codes.length === 0)
            return (
              <Empty icon="check" title={say.overview.noCodes}>
                {say.overview.noCodesNext}
              </Empty>
            )
          return (
            <ol className="codes">
              {codes.map(({ key, count }) => (
                <li key={key}>
                  <Link href={`/logs?code=${encodeURIComponent(key)}&since=${since}`}>
                    <code>{key}</code>
                  </Link>
                  <span className="codes-count number">{count.toLocaleString('en')}</span>
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
        }}
      </Answered>
    </Panel>
  )
}
