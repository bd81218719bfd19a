import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What kept killing whoever stored it, and what could not be judged: neither may hold up what comes after it. */
export class SetAside1763880000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE poll_cursors ADD deaths int NOT NULL DEFAULT 0, ADD in_hand jsonb NOT NULL DEFAULT '[]',
                                ADD suspects jsonb NOT NULL DEFAULT '{}', ADD set_aside jsonb NOT NULL DEFAULT '[]'`,
    )
    await runner.query(`ALTER TABLE log_transitions ADD set_aside text, ADD set_aside_at timestamptz`)
    await runner.query(
      `CREATE INDEX "IDX_e264c740a8588f1785bd7b92d0" ON log_transitions (set_aside_at) WHERE set_aside_at IS NOT NULL`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "IDX_e264c740a8588f1785bd7b92d0"`)
    await runner.query(`ALTER TABLE log_transitions DROP COLUMN set_aside, DROP COLUMN set_aside_at`)
    await runner.query(
      `ALTER TABLE poll_cursors DROP COLUMN deaths, DROP COLUMN in_hand, DROP COLUMN suspects, DROP COLUMN set_aside`,
    )
  }
}
