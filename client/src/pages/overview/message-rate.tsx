import { MessageStatusesDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Chart } from '../../charts/chart.js'
import { shares } from '../../charts/time-series.js'
import { Answered } from '../../components/states.js'
import { Trouble } from '../../components/trouble.js'
import { say } from '../../strings.js'
import type { Stretch } from './stretch.js'

/** Messages that are through, and those that never will be; the others are on their way and say nothing yet. */
const THROUGH = ['delivered', 'received', 'read']
const LOST = ['failed', 'undelivered']

/** Of the messages whose end is known, how many reached their receiver. */
export function MessageRate({ span, since, buckets }: Stretch) {
  const answer = useAnswer(
    MessageStatusesDocument,
    { since, buckets },
    { every: 15_000, keepLast: true, keptAs: { span, buckets } },
  )
  return (
    <Answered answer={answer} lines={6} saysTrouble={false}>
      {({ logStats }) => {
        const through = logStats.buckets.map(({ counts }) => sum(counts, THROUGH))
        const ended = logStats.buckets.map(({ counts }) => sum(counts, [...THROUGH, ...LOST]))
        const all = sum(logStats.groups, [...THROUGH, ...LOST])
        const rate = all === 0 ? null : (sum(logStats.groups, THROUGH) / all) * 100
        return (
          <Chart
            title={say.overview.rate}
            beside={
              <strong className="figure-large number">{rate === null ? say.none : percent(rate)}</strong>
            }
            times={logStats.buckets.map(({ from }) => Date.parse(from))}
            bucketSeconds={logStats.bucketSeconds}
            series={[
              {
                key: 'rate',
                name: say.overview.reached,
                colour: '--series-5',
                values: shares(through, ended),
              },
            ]}
            as="line"
            most={100}
            format={percent}
            trouble={<Trouble answer={answer} />}
          />
        )
      }}
    </Answered>
  )
}

function sum(
  counts: readonly { readonly key: string; readonly count: number }[],
  keys: readonly string[],
): number {
  return counts.reduce(
    (total, { key, count }) => (keys.includes(key.toLowerCase()) ? total + count : total),
    0,
  )
}

function percent(value: number): string {
  return say.percent(value, value > 0 && value < 100 ? 1 : 0)
}
