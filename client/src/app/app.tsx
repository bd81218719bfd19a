import { useEffect, useSyncExternalStore } from 'react'
import { Router } from 'wouter'
import { routerBase } from '../api/endpoints.js'
import { ToastProvider } from '../components/toasts.js'
import { RuleDeletions } from '../rules/rule-deletions.js'
import { ZoneProvider } from '../time/zone.js'
import { Layout } from './layout.js'
import { Pages } from './pages.js'
import { SessionProvider } from './session.js'
import { ShortcutProvider } from './shortcuts.js'
import { SignIn } from './sign-in.js'
import type { StayStore } from './stay-store.js'
import { heldPage } from './unsaved.js'

/** Signed out, or in a session. */
export function App({ stays }: { readonly stays: StayStore }) {
  const presence = useSyncExternalStore(stays.watch, stays.read)
  useEffect(() => {
    addEventListener('hashchange', stays.signInFromAddress)
    return () => removeEventListener('hashchange', stays.signInFromAddress)
  }, [stays])

  if (presence.stay === null) return <SignIn wasRefused={presence.wasRefused} signIn={stays.signIn} />
  return (
    <SessionProvider key={presence.stay.session.key} stay={presence.stay}>
      <Router base={routerBase(document.baseURI)} aroundNav={askFirst}>
        <ZoneProvider>
          <ShortcutProvider>
            <ToastProvider>
              <RuleDeletions>
                <Layout>
                  <Pages />
                </Layout>
              </RuleDeletions>
            </ToastProvider>
          </ShortcutProvider>
        </ZoneProvider>
      </Router>
    </SessionProvider>
  )
}

const askFirst: typeof heldPage.navigate = (...navigation) => heldPage.navigate(...navigation)
