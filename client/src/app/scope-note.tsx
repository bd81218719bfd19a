import { Note } from '../components/note.js'
import type { ScopeAnswer } from './scope.js'

/** That the key of this stay may not do something, and which scope that needs; nothing where it may. */
export function ScopeNote({ scope }: { readonly scope: ScopeAnswer }) {
  if (scope.may) return null
  return (
    <Note tone="busy" icon="info">
      {scope.why}
    </Note>
  )
}
