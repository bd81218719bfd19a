import { useLocation } from 'wouter'
import { AlertNewsDocument, FiringDocument, type FiringQuery } from '../api/documents.js'
import { HOW_OFTEN_MS } from '../api/how-often.js'
import { type Shown, useAnswer } from '../api/use-answer.js'
import { useFollow } from '../api/use-follow.js'
import { useReread } from '../api/use-reread.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'
import { useSession } from './session.js'
import { useIsDemo } from './use-is-demo.js'

/** In a storm of alerts one toast in so many milliseconds is enough. */
const TOAST_EVERY_MS = 8_000
/** A demo fires all the time, by design: one shows how it looks. */
const DEMO_TOAST_EVERY_MS = 10 * 60_000
/** Queries that a new alert makes stale. */
const STALE = ['Firing', 'Overview', 'Alerts', 'Alert', 'Rules']

let toastedAt = 0

/** The alerts that stand open, rule by rule. */
export function useFiringAnswer(): Shown<FiringQuery> {
  return useAnswer(FiringDocument, {}, { every: HOW_OFTEN_MS.told })
}

/** How many they are; none while that is not known. */
export function firingCount(data: FiringQuery | undefined): number {
  return data?.alerts.byRule.reduce((total, { count }) => total + count, 0) ?? 0
}

/** How many alerts are firing now; tells of each new one on whatever page. Used once, by the layout. */
export function useFiring(): number {
  const { data } = useFiringAnswer()
  const { links } = useSession()
  const reread = useReread(STALE)
  const toast = useToast()
  const isDemo = useIsDemo()
  const [, goTo] = useLocation()
  useFollow(AlertNewsDocument, {}, data?.alerts.feedCursor ?? null, {
    next: ({ alert }) => {
      links.change({ happenedAt: Date.parse(alert.triggeredAt) })
      reread()
      if (Date.now() - toastedAt < (isDemo ? DEMO_TOAST_EVERY_MS : TOAST_EVERY_MS)) return
      toastedAt = Date.now()
      toast({
        tone: 'bad',
        text: say.shell.alertNews(alert.rule.name),
        action: { text: say.shell.show, run: () => goTo(`/alerts/${alert.id}`) },
      })
    },
    missed: reread,
  })
  return firingCount(data)
}
