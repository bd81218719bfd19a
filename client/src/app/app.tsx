import { useCallback, useEffect, useState } from 'react'
import { Router } from 'wouter'
import { AccessKey, isPossibleKey, keyInFragment } from '../api/access-key.js'
import { routerBase } from '../api/endpoints.js'
import { ToastProvider } from '../components/toasts.js'
import { RuleDeletions } from '../rules/rule-deletions.js'
import { ZoneProvider } from '../time/zone.js'
import { Layout } from './layout.js'
import { Pages } from './pages.js'
import { SessionProvider } from './session.js'
import { ShortcutProvider } from './shortcuts.js'
import { SignIn } from './sign-in.js'
import { heldPage } from './unsaved.js'

const accessKey = new AccessKey(() => sessionStorage)

type Stay = { readonly key: string } | { readonly key: null; readonly wasRefused: boolean }

/** Signed out, or in a session. */
export function App() {
  const [stay, setStay] = useState<Stay>(firstStay)
  const signIn = useCallback((key: string) => setStay(begin(key)), [])
  const signOut = useCallback(() => setStay(end(false)), [])
  // An answer that comes late may speak of a key that was left meanwhile.
  const refused = useCallback((key: string) => {
    if (accessKey.read() === key) setStay(end(true))
  }, [])

  useEffect(() => {
    const look = (): void => {
      const key = takeKeyFromAddress()
      if (key !== null) signIn(key)
    }
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [signIn])

  if (stay.key === null) return <SignIn wasRefused={stay.wasRefused} signIn={signIn} />
  return (
    <SessionProvider key={stay.key} apiKey={stay.key} signOut={signOut} refused={refused}>
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

function firstStay(): Stay {
  const key = takeKeyFromAddress() ?? accessKey.read()
  return key === null ? { key: null, wasRefused: false } : begin(key)
}

function begin(key: string): Stay {
  if (!isPossibleKey(key)) return end(true)
  accessKey.keep(key)
  return { key }
}

function end(wasRefused: boolean): Stay {
  accessKey.forget()
  return { key: null, wasRefused }
}

/** The key must not stay in the address: it would end up in the history and in what is copied from the bar. */
function takeKeyFromAddress(): string | null {
  const key = keyInFragment(location.hash)
  if (key !== null) history.replaceState(null, '', location.pathname + location.search)
  return key
}
