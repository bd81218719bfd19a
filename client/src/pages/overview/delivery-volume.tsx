import { deliveryLooks } from '../../alerts/look.js'
import { DeliveryVolumeDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { Chart } from '../../charts/chart.js'
import { type Colour, seriesOf } from '../../charts/time-series.js'
import { toneColours } from '../../charts/tone-colours.js'
import { inWords } from '../../components/in-words.js'
import type { Look } from '../../components/look.js'
import { Answered } from '../../components/states.js'
import { Trouble } from '../../components/trouble.js'
import { say } from '../../strings.js'
import { between, type Stretch } from './stretch.js'

const looks: Readonly<Record<string, Pick<Look, 'tone'>>> = deliveryLooks

function colourOf(key: string): Colour | null {
  const look = looks[key]
  return look ? (toneColours[look.tone] ?? '--series-other') : null
}

const nameOf = (key: string): string => say.deliveries.states[key] ?? inWords(key)

/** What was owed for alerts over time, and how it ended. */
export function DeliveryVolume({ span, since, buckets, enabled }: Stretch) {
  const answer = useAnswer(
    DeliveryVolumeDocument,
    { since, buckets },
    { every: HOW_OFTEN_MS.told, keepLast: true, keptAs: { span, buckets }, enabled },
  )
  return (
    <Answered answer={answer} lines={6} saysTrouble={false}>
      {({ deliveryStats }) => (
        <Chart
          title={say.overview.deliveries}
          beside={<span className="muted small number">{say.figure(deliveryStats.total)}</span>}
          times={deliveryStats.buckets.map(({ from }) => Date.parse(from))}
          bucketSeconds={deliveryStats.bucketSeconds}
          series={seriesOf(deliveryStats, nameOf, colourOf)}
          as="bars"
          leadsTo={(from, until) => `/deliveries?${between(from, until)}`}
          trouble={<Trouble answer={answer} />}
        />
      )}
    </Answered>
  )
}
