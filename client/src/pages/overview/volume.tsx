import { useState } from 'react'
import { VolumeDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { Chart } from '../../charts/chart.js'
import { type Colour, seriesOf } from '../../charts/time-series.js'
import { toneColours } from '../../charts/tone-colours.js'
import { Segments } from '../../components/segments.js'
import { Answered } from '../../components/states.js'
import { Trouble } from '../../components/trouble.js'
import { statusLook, typeLook } from '../../logs/look.js'
import { language, say } from '../../strings.js'
import { between, type Stretch } from './stretch.js'

type By = 'LOG_TYPE' | 'STATUS' | 'COUNTRY'

/** How many logs there are over time: of what type, in what status, to what country. */
export function Volume({ span, since, buckets, enabled }: Stretch) {
  const [by, setBy] = useState<By>('LOG_TYPE')
  const answer = useAnswer(
    VolumeDocument,
    { since, buckets, by },
    { every: HOW_OFTEN_MS.told, keepLast: true, keptAs: { span, by, buckets }, enabled },
  )
  return (
    <Answered answer={answer} lines={6} saysTrouble={false}>
      {({ logStats }) => (
        <Chart
          className="overview-wide"
          title={say.overview.volume}
          beside={<span className="muted small number">{say.overview.logs(logStats.total)}</span>}
          tools={
            <Segments<By>
              label={say.overview.volumeBy}
              value={by}
              options={[
                { value: 'LOG_TYPE', text: say.overview.byType },
                { value: 'STATUS', text: say.overview.byStatus },
                { value: 'COUNTRY', text: say.overview.byCountry },
              ]}
              choose={setBy}
            />
          }
          times={logStats.buckets.map(({ from }) => Date.parse(from))}
          bucketSeconds={logStats.bucketSeconds}
          series={seriesOf(logStats, names[by], colours[by])}
          as="bars"
          trouble={<Trouble answer={answer} />}
          leadsTo={(from, until) => `/logs?${between(from, until)}`}
        />
      )}
    </Answered>
  )
}

const regions = new Intl.DisplayNames(language, { type: 'region' })

const names: Readonly<Record<By, (key: string) => string>> = {
  LOG_TYPE: (key) => (key === 'other' ? say.overview.other : typeLook(key as 'CALL').text),
  STATUS: (key) => (key === 'other' ? say.overview.other : key || say.overview.noStatus),
  COUNTRY: (key) => {
    if (key === 'other') return say.overview.other
    if (key === '') return say.overview.noNumber
    return /^[A-Z]{2}$/.test(key) ? (regions.of(key) ?? key) : key
  },
}

const ofType: Readonly<Record<string, Colour>> = {
  MESSAGE: '--series-1',
  CALL: '--series-2',
  ERROR: '--series-3',
  WARNING: '--series-4',
  NOTICE: '--series-6',
}

const colours: Readonly<Record<By, (key: string) => Colour | null>> = {
  LOG_TYPE: (key) => ofType[key] ?? null,
  STATUS: (key) => (key === '' ? '--series-1' : toneColours[statusLook(key)?.tone ?? 'idle']),
  COUNTRY: () => null,
}
