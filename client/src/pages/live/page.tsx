import { useEffect, useRef, useState } from 'react'
import { useLink } from '../../api/use-link.js'
import { useShortcuts } from '../../app/shortcuts.js'
import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { PageHead } from '../../components/page-head.js'
import { Failed, Skeleton } from '../../components/states.js'
import { LogDrawer } from '../../logs/log-drawer.js'
import { LogFilters } from '../../logs/log-filters.js'
import { LogList, type LogListHandle } from '../../logs/log-list.js'
import { NoLogs } from '../../logs/no-logs.js'
import { useChoice, useOpenLog } from '../../logs/use-choice.js'
import { say } from '../../strings.js'
import { LiveNews } from './live-news.js'
import { useLiveLogs } from './use-live-logs.js'
import './page.css'

/** Why the list stands still. */
interface Reading {
  /** The reader wants it to. */
  readonly isPaused: boolean
  /** The reader has scrolled away from the newest. */
  readonly isAway: boolean
  /** The reader walks through it by keys. */
  readonly isWalking: boolean
  /** The reader has selected text in it. */
  readonly isSelecting: boolean
}

const following: Reading = { isPaused: false, isAway: false, isWalking: false, isSelecting: false }

export default function LivePage() {
  const [choice, change] = useChoice()
  const [openId, open] = useOpenLog()
  const { tail, news, view, isLoaded, error, hasGap, retry } = useLiveLogs(choice)
  const [reading, setReading] = useState(following)
  const list = useRef<LogListHandle>(null)
  const link = useLink()
  const isHeld = Object.values(reading).some(Boolean) || openId !== null
  const { rows, waiting } = view

  useEffect(() => tail.hold(isHeld), [tail, isHeld])

  const pause = (): void => setReading((now) => ({ ...now, isPaused: true }))
  const follow = (): void => {
    list.current?.toTop()
    setReading(following)
  }
  const toggle = reading.isPaused ? follow : pause
  useShortcuts(say.nav.live, [
    { keys: 'Space', does: say.live.toggle, run: toggle },
    { keys: '.', does: say.live.jump, run: follow },
  ])

  return (
    <div className="fills live">
      <PageHead
        title={say.nav.live}
        about={say.live.about(rows.length)}
        tools={
          <Button
            kind={reading.isPaused ? 'primary' : 'plain'}
            icon={reading.isPaused ? 'play' : 'pause'}
            hint={say.keys.named('Space')}
            onClick={toggle}
          >
            {reading.isPaused ? say.live.resume(waiting) : say.live.pause}
          </Button>
        }
      />
      <span className="unseen" role="status">
        {reading.isPaused ? say.live.paused : ''}
      </span>
      <LiveNews news={news} />
      <LogFilters choice={choice} change={change} />
      {link.caughtUp && link.caughtUp.count > 0 && (
        <p className="live-note tone-good" role="status">
          <Icon name="check" />
          {say.link.caughtUpTitle(link.caughtUp)}
        </p>
      )}
      {hasGap && (
        <p className="live-note tone-warn" role="status">
          <Icon name="warning" />
          {say.live.gap}
        </p>
      )}
      {error && isLoaded && (
        <p className="live-note tone-warn" role="status">
          <Icon name="warning" />
          {say.states.newerFailed(error.message)}
        </p>
      )}
      <section className="panel live-list" aria-label={say.live.label}>
        {error && !isLoaded ? (
          <Failed error={error} retry={retry} />
        ) : !isLoaded ? (
          <Skeleton lines={9} />
        ) : rows.length === 0 ? (
          <NoLogs choice={choice} change={change} words={say.live} />
        ) : (
          <LogList
            ref={list}
            label={say.live.label}
            rows={rows}
            openId={openId}
            open={open}
            scrolled={(isAway) => setReading((now) => (now.isAway === isAway ? now : { ...now, isAway }))}
            walked={(id) => setReading((now) => ({ ...now, isWalking: id !== null }))}
            selected={(isSelecting) =>
              setReading((now) => (now.isSelecting === isSelecting ? now : { ...now, isSelecting }))
            }
          />
        )}
        {isHeld && !reading.isPaused && waiting > 0 && (
          <button type="button" className="live-jump" onClick={follow}>
            <Icon name="arrow-up" />
            {say.live.waiting(waiting)}
          </button>
        )}
      </section>
      {openId !== null && <LogDrawer id={openId} close={() => open(null)} />}
    </div>
  )
}
