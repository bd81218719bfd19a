import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Why an alert opened, and what happened then; nobody knows that any more of those that are there. */
export class WhyAlertsOpened1763880000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE alerts ADD reason text, ADD cause text`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE alerts DROP COLUMN reason, DROP COLUMN cause`)
  }
}
