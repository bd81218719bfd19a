import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Alerts that GiftPulse opens about itself, and of which kind the last failure of a source was. */
export class SystemAlerts1763880000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE poll_cursors ADD COLUMN error_kind text`)
    await runner.query(
      `CREATE TABLE system_alerts (
        rule_id uuid NOT NULL,
        account_sid text NOT NULL,
        alert_id uuid NOT NULL,
        CONSTRAINT "PK_448773aed1f7272debffd7aae86" PRIMARY KEY (rule_id, account_sid)
      )`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE system_alerts`)
    await runner.query(`ALTER TABLE poll_cursors DROP COLUMN error_kind`)
  }
}
