import { useSearchParams } from 'wouter'
import { OverviewDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useUsualSpan } from '../../app/use-usual-span.js'
import { PageHead } from '../../components/page-head.js'
import { say } from '../../strings.js'
import { lengthOf, type Span, SpanPicker, spans } from '../../time/span-picker.js'
import { useNow } from '../../time/use-now.js'
import { DeliveryVolume } from './delivery-volume.js'
import { ErrorCodes } from './error-codes.js'
import { FailedDeliveries } from './failed-deliveries.js'
import { FiringNow } from './firing-now.js'
import { MessageRate } from './message-rate.js'
import { Sources } from './sources.js'
import { Volume } from './volume.js'
import './page.css'

/** How many bars stand side by side. */
const BUCKETS = 48

/** First of all: is it polling, what is firing, what could not be sent. Then how much of what there is. */
export default function OverviewPage() {
  const [parameters, setParameters] = useSearchParams()
  const given = parameters.get('since')
  const usual = useUsualSpan()
  const chosen = spans.find((one) => one === given)
  const span = chosen ?? usual.span
  const since = useSince(span)
  const enabled = chosen !== undefined || usual.isKnown
  const overview = useAnswer(
    OverviewDocument,
    { since },
    { every: HOW_OFTEN_MS.told, keepLast: true, keptAs: { span }, enabled },
  )
  const stretch = { span, since, buckets: BUCKETS, enabled }
  return (
    <>
      <PageHead
        title={say.nav.overview}
        tools={
          <SpanPicker
            span={span}
            choose={(one) => setParameters(one === usual.span ? {} : { since: one }, { replace: true })}
          />
        }
      />
      <div className="overview">
        <Sources />
        <FiringNow />
        <FailedDeliveries answer={overview} span={span} since={since} />
        <Volume {...stretch} />
        <MessageRate {...stretch} />
        <ErrorCodes {...stretch} />
        <DeliveryVolume {...stretch} />
      </div>
    </>
  )
}

/** Where the span begins; moves on by one bucket at a time, so that the same question is asked for as long as it lasts. */
function useSince(span: Span): string {
  const now = useNow()
  const step = lengthOf(span) / BUCKETS
  return new Date(Math.ceil(now / step) * step - lengthOf(span)).toISOString()
}
