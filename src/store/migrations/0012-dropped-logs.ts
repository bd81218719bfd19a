import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How far retention has come: Twilio's lists go on giving what was dropped. */
export class DroppedLogs1763880000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE system_state ADD logs_dropped_before timestamptz`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE system_state DROP COLUMN logs_dropped_before`)
  }
}
