/** What can be done for an alert. The values are the tables' and REST's spelling. */
export const ActionType = { EMAIL: 'email', WEBHOOK: 'webhook', LOG: 'log' } as const
export type ActionType = (typeof ActionType)[keyof typeof ActionType]

/** Stored settings of a handler, belonging to one rule. */
export interface Action {
  readonly id: string
  readonly ruleId: string
  readonly actionType: ActionType
  /** As the handler's schema says; secrets are sealed while at rest and masked when shown. */
  readonly config: Readonly<Record<string, unknown>>
  readonly enabled: boolean
  /** As that of its rule. */
  readonly managedBy: string | null
  readonly createdAt: Date
  readonly deletedAt: Date | null
}
