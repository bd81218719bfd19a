import { Note } from '../components/note.js'
import { say } from '../strings.js'

/** Why some of these cannot be changed here, where files manage any. */
export function ManagedNote({ among }: { readonly among: readonly { readonly managedBy: string | null }[] }) {
  if (among.every(({ managedBy }) => managedBy === null)) return null
  return (
    <Note tone="busy" icon="code">
      {say.rules.managedSome}
    </Note>
  )
}
