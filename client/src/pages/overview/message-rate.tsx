import { MessageStatusesDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { Chart } from '../../charts/chart.js'
import { shares } from '../../charts/time-series.js'
import { Answered } from '../../components/states.js'
import { Trouble } from '../../components/trouble.js'
import { say } from '../../strings.js'
import { END_STATUSES, type EndedMessages, endedMessages } from './ended-messages.js'
import { between, type Stretch } from './stretch.js'

/** Of the messages sent whose end is known, how many reached their receiver. */
export function MessageRate({ span, since, buckets, enabled }: Stretch) {
  const answer = useAnswer(
    MessageStatusesDocument,
    { since, buckets },
    { every: HOW_OFTEN_MS.told, keepLast: true, keptAs: { span, buckets }, enabled },
  )
  return (
    <Answered answer={answer} lines={6} saysTrouble={false}>
      {({ logStats }) => {
        const [rate] = ratesOf([endedMessages(logStats.groups)])
        return (
          <Chart
            title={say.overview.rate}
            beside={
              <strong className="figure-large number">{rate == null ? say.none : percent(rate)}</strong>
            }
            times={logStats.buckets.map(({ from }) => Date.parse(from))}
            bucketSeconds={logStats.bucketSeconds}
            series={[
              {
                key: 'rate',
                name: say.overview.reached,
                colour: '--series-5',
                values: ratesOf(logStats.buckets.map(({ counts }) => endedMessages(counts))),
              },
            ]}
            as="line"
            most={100}
            format={percent}
            leadsTo={(from, until) =>
              `/logs?type=MESSAGE&status=${END_STATUSES.join(',')}&${between(from, until)}`
            }
            trouble={<Trouble answer={answer} />}
          />
        )
      }}
    </Answered>
  )
}

function ratesOf(all: readonly EndedMessages[]): readonly (number | null)[] {
  return shares(
    all.map(({ through }) => through),
    all.map(({ ended }) => ended),
  )
}

function percent(value: number): string {
  return say.percent(value, value > 0 && value < 100 ? 1 : 0)
}
