import { useEffect, useState } from 'react'
import { useReadsEach } from '../../app/read-out.js'
import type { Log } from '../../logs/log.js'
import type { LogNews, News } from '../../logs/log-news.js'
import { typeLook } from '../../logs/look.js'
import { say } from '../../strings.js'

/** How often it looks whether there is something to tell, in milliseconds. */
const LOOK_EVERY_MS = 1_000

/**
 * What ears hear of the stream, which is too fast to be read out as it is drawn: now and then how many logs came, or, for who
 * chose so, the last of them.
 */
export function LiveNews({ news }: { readonly news: LogNews }) {
  const [readsEach] = useReadsEach()
  const [told, setTold] = useState<(News & { readonly at: number }) | null>(null)
  useEffect(() => {
    const look = (): void => {
      const next = news.tell(Date.now())
      // Nobody hears what is told to a hidden tab; kept for later it would grow without end.
      if (next && !document.hidden) setTold({ ...next, at: Date.now() })
    }
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [news])
  const others = told ? told.count - told.last.length : 0
  return (
    <div className="unseen">
      <p role="status">
        {/* Another element each time: the same words twice would be no news. */}
        {told && !readsEach && <span key={told.at}>{say.live.news(told.count, told.errors)}</span>}
      </p>
      <div role="log" aria-label={say.live.last} aria-live={readsEach ? 'polite' : 'off'}>
        {told?.last.map((log) => (
          <p key={log.id}>{inWords(log)}</p>
        ))}
        {told && others > 0 && <p key={told.at}>{say.live.andOthers(others)}</p>}
      </div>
    </div>
  )
}

function inWords({ logType, status, errorCode, text }: Log): string {
  return say.live.line(typeLook(logType).text, status, errorCode, text)
}
