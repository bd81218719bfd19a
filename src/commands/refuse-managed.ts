import { ConflictError } from '../errors.js'

/** What files may manage. */
interface Manageable {
  readonly name: string
  readonly managedBy: string | null
}

/** Throws `ConflictError` for what files manage: an edit past them would be undone by the next `giftpulse apply`. */
export function refuseManaged(noun: string, { name, managedBy }: Manageable): void {
  if (managedBy === null) return
  throw new ConflictError(
    `The ${noun} "${name}" is managed by ${managedBy}: change it there and run giftpulse apply.`,
  )
}
