import type { MigrationInterface, QueryRunner } from 'typeorm'

/** GiftPulse tells of rules and actions that fail too, not only of accounts. */
export class SubjectsOfSystemAlerts1763880000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE system_alerts RENAME COLUMN account_sid TO subject`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE system_alerts RENAME COLUMN subject TO account_sid`)
  }
}
