import { say } from '../strings.js'
import { span } from '../time/relative-time.js'
import { Time } from '../time/time.js'
import { useNow } from '../time/use-now.js'

/** When a list was last read to its end, and how far behind it is. @param at ISO 8601; null = never */
export function LastRead({ at }: { readonly at: string | null }) {
  const now = useNow()
  if (at === null) return <>{say.sources.neverRead}</>
  return (
    <span title={say.sources.lastRead}>
      {say.sources.read} <Time at={at} as="clock" /> · {say.sources.lag(span((now - Date.parse(at)) / 1_000))}
    </span>
  )
}
