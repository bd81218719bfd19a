import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Deliveries know whether the limits have counted them, so that their retries are not counted again. */
export class CountedDeliveries1763880000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE deliveries ADD COLUMN counted boolean NOT NULL DEFAULT false`)
    await runner.query(`UPDATE deliveries SET counted = true WHERE status = 'pending' AND attempt_count > 0`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE deliveries DROP COLUMN counted`)
  }
}
