import { Button } from '../components/button.js'
import { say } from '../strings.js'
import { useSignOut } from './use-sign-out.js'

/** The next step of who lacks a scope: the page that is shown stays, for whoever signs in next. */
export function OtherKey({ isBrief = false }: { readonly isBrief?: boolean }) {
  const signOut = useSignOut()
  return (
    <Button
      {...(isBrief ? { kind: 'quiet', className: 'button-brief' } : { icon: 'sign-out' })}
      onClick={signOut}
    >
      {say.states.otherKey}
    </Button>
  )
}
