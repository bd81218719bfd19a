import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Rules and actions know the files that manage them. */
export class ManagedByFiles1763880000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rules ADD COLUMN managed_by text`)
    await runner.query(`ALTER TABLE actions ADD COLUMN managed_by text, ADD COLUMN config_references jsonb`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE actions DROP COLUMN config_references, DROP COLUMN managed_by`)
    await runner.query(`ALTER TABLE rules DROP COLUMN managed_by`)
  }
}
