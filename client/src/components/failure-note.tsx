import type { ApiError } from '../api/api-error.js'
import { Note } from './note.js'

/** Why a form was not saved, where no field of it says so. */
export function FailureNote({ error }: { readonly error: ApiError | null }) {
  if (error === null || error.fields.length > 0) return null
  return (
    <Note tone="bad" icon="warning" isNews>
      {error.message}
    </Note>
  )
}
