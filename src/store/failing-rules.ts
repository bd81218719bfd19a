import type { Statements } from './database.js'

/** How often at most one rule is noted to fail, in milliseconds: it may throw on every log. */
const NOTED_EVERY_MS = 5_000

/** Notes which rules throw, for every process to see. */
export class FailingRules {
  private readonly notedAt = new Map<string, number>()

  constructor(
    private readonly statements: Statements,
    /** Milliseconds that never go back. */
    private readonly clock: () => number,
  ) {}

  async note(ruleId: string): Promise<void> {
    const now = this.clock()
    if (now - (this.notedAt.get(ruleId) ?? -Infinity) < NOTED_EVERY_MS) return
    this.notedAt.set(ruleId, now)
    await this.statements.query(`UPDATE rules SET failed_at = now() WHERE id = $1`, [ruleId])
  }
}
