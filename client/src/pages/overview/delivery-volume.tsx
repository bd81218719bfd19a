import { DeliveryVolumeDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Chart } from '../../charts/chart.js'
import { type Colour, seriesOf } from '../../charts/time-series.js'
import { inWords } from '../../components/in-words.js'
import { Answered } from '../../components/states.js'
import { Trouble } from '../../components/trouble.js'
import { say } from '../../strings.js'
import type { Stretch } from './stretch.js'

const colours: Readonly<Record<string, Colour>> = {
  DELIVERED: '--series-5',
  FAILED: '--series-3',
  PENDING: '--series-2',
  SUPPRESSED: '--series-other',
}

const nameOf = (key: string): string => say.deliveries.states[key] ?? inWords(key)

/** What was owed for alerts over time, and how it ended. */
export function DeliveryVolume({ span, since, buckets, enabled }: Stretch) {
  const answer = useAnswer(
    DeliveryVolumeDocument,
    { since, buckets },
    { every: 15_000, keepLast: true, keptAs: { span, buckets }, enabled },
  )
  return (
    <Answered answer={answer} lines={6} saysTrouble={false}>
      {({ deliveryStats }) => (
        <Chart
          title={say.overview.deliveries}
          beside={<span className="muted small number">{say.figure(deliveryStats.total)}</span>}
          times={deliveryStats.buckets.map(({ from }) => Date.parse(from))}
          bucketSeconds={deliveryStats.bucketSeconds}
          series={seriesOf(deliveryStats, nameOf, (key) => colours[key] ?? null)}
          as="bars"
          trouble={<Trouble answer={answer} />}
        />
      )}
    </Answered>
  )
}
