import { useEffect, useEffectEvent, useRef } from 'react'
import { useLink } from '../api/use-link.js'
import { Button } from '../components/button.js'
import { Empty } from '../components/states.js'
import { say } from '../strings.js'
import { useIsOnline } from './use-is-online.js'

/** Where the files of a page did not come: tries it again when asked, and by itself once the network or the server is back. */
export function NotLoaded({ retry }: { readonly retry: () => void }) {
  const isOnline = useIsOnline()
  const isLive = useLink().phase === 'live'
  const was = useRef({ isOnline, isLive })
  const retryNow = useEffectEvent(retry)
  useEffect(() => {
    const isBack = (isOnline && !was.current.isOnline) || (isLive && !was.current.isLive)
    was.current = { isOnline, isLive }
    if (isBack) retryNow()
  }, [isOnline, isLive])
  return (
    <Empty
      icon="warning"
      title={say.states.notLoaded}
      action={
        <>
          <Button icon="refresh" onClick={retry}>
            {say.states.tryAgain}
          </Button>
          {isOnline && (
            <Button kind="quiet" onClick={() => location.reload()}>
              {say.states.reload}
            </Button>
          )}
        </>
      }
    >
      {isOnline ? say.states.notLoadedNext : say.shell.offline}
    </Empty>
  )
}
