/** What an apply does to one object. */
export const ChangeAction = { CREATE: 'create', UPDATE: 'update', DELETE: 'delete', KEEP: 'keep' } as const
export type ChangeAction = (typeof ChangeAction)[keyof typeof ChangeAction]

/** What files can say something of. */
export const ConfigurationKind = { RULE: 'rule', RECEIVER: 'receiver' } as const
export type ConfigurationKind = (typeof ConfigurationKind)[keyof typeof ConfigurationKind]

/** One object of an apply, and what becomes of it. */
export interface Change {
  readonly kind: ConfigurationKind
  readonly name: string
  readonly action: ChangeAction
  /** What differs, in words without secrets. */
  readonly details: readonly string[]
}

/** A change and how it is written. */
export interface Step {
  readonly change: Change
  write(): Promise<void>
}

export const writeNothing = (): Promise<void> => Promise.resolve()
