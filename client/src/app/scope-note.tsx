import { Note } from '../components/note.js'
import { OtherKey } from './other-key.js'
import type { ScopeAnswer } from './scope.js'

/** That the key of this stay may not do something, which scope that needs, and what to do; nothing where it may. */
export function ScopeNote({ scope }: { readonly scope: ScopeAnswer }) {
  if (scope.may) return null
  return (
    <Note tone="busy" icon="info">
      {scope.why} <OtherKey isBrief />
    </Note>
  )
}
