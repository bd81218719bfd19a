import { useSearchParams } from 'wouter'
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

/** First of all: is it polling, what is firing, what could not be sent; asked for first, too. Then how much of what there is. */
export default function OverviewPage() {
  const [parameters, setParameters] = useSearchParams()
  const given = parameters.get('since')
  const usual = useUsualSpan()
  const chosen = spans.find((one) => one === given)
  const span = chosen ?? usual.span
  const since = useSince(span)
  const enabled = chosen !== undefined || usual.isKnown
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
        <FailedDeliveries span={span} since={since} enabled={enabled} />
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
