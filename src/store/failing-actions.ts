import type { Statements } from './database.js'

/** How a try of an action ended. */
export interface TryOfAction {
  readonly actionId: string
  readonly success: boolean
}

/** Notes whether actions work; of several tries of one the last counts. Where nothing changes, no row is written. */
export async function noteTries(statements: Statements, tries: readonly TryOfAction[]): Promise<void> {
  const last = new Map(tries.map(({ actionId, success }) => [actionId, success]))
  await statements.query(
    `UPDATE actions SET failing_since = CASE WHEN NOT t.success THEN now() END, has_worked = has_worked OR t.success
       FROM unnest($1::uuid[], $2::boolean[]) AS t(id, success)
      WHERE actions.id = t.id
        AND CASE WHEN t.success THEN failing_since IS NOT NULL OR NOT has_worked ELSE failing_since IS NULL END`,
    [[...last.keys()], [...last.values()]],
  )
}
