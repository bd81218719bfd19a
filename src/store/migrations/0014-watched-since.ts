import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Since when workers have watched an account without a gap, whichever and however often they were started. */
export class WatchedSince1763880000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts ADD watched_since timestamptz, ADD watched_at timestamptz`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts DROP COLUMN watched_since, DROP COLUMN watched_at`)
  }
}
