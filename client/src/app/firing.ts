import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { AlertNewsDocument, FiringDocument } from '../api/documents.js'
import { useAnswer } from '../api/use-answer.js'
import { useFollow } from '../api/use-follow.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'

const EVERY_MS = 15_000
/** In a storm of alerts one toast in so many milliseconds is enough. */
const TOAST_EVERY_MS = 8_000
/** Queries that a new alert makes stale. */
const STALE = ['Firing', 'Overview', 'Alerts', 'Alert', 'Rules']

let toastedAt = 0

/** How many alerts are firing now; tells of each new one on whatever page. Used once, by the layout. */
export function useFiring(): number {
  const { data, refetch } = useAnswer(FiringDocument, {}, { every: EVERY_MS })
  const queries = useQueryClient()
  const toast = useToast()
  const [, goTo] = useLocation()
  // Only the first answer's cursor: the feed itself keeps its place from there on.
  const [after, setAfter] = useState<string | null>(null)
  if (after === null && data) setAfter(data.alerts.feedCursor)
  useFollow(
    AlertNewsDocument,
    {},
    after,
    ({ alert }) => {
      for (const name of STALE) void queries.invalidateQueries({ queryKey: [name] })
      if (Date.now() - toastedAt < TOAST_EVERY_MS) return
      toastedAt = Date.now()
      toast({
        tone: 'bad',
        text: say.shell.alertNews(alert.rule.name),
        action: { text: say.shell.show, run: () => goTo(`/alerts/${alert.id}`) },
      })
    },
    () => void refetch().then(({ data: anew }) => anew && setAfter(anew.alerts.feedCursor)),
  )
  return data?.alerts.nodes.length ?? 0
}
