import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Why an alert opened, and what happened then. Those that are there are left alone on purpose: their summaries say it to people, but not
 * surely enough to be taken apart. A threshold of one said "still matching" of its first alert too, several matches after a cooldown read
 * like a count that was reached, and where the name of a rule ended nobody knows once it was renamed.
 */
export class WhyAlertsOpened1763880000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE alerts ADD reason text, ADD cause text`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE alerts DROP COLUMN reason, DROP COLUMN cause`)
  }
}
