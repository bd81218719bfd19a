import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Receivers know by which references files gave their secrets. */
export class ReceiverReferences1763880000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE receivers ADD COLUMN secret_references jsonb`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE receivers DROP COLUMN secret_references`)
  }
}
