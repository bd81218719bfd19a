import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What failed, and what one action sent, newest first: pages ask for them all the time, and may be the few among very many. */
export class FoundDeliveries1763880000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "IDX_a5dee795f4127863579c007876" ON deliveries (triggered_at, id) WHERE status = 'failed'`,
    )
    await runner.query(
      `CREATE INDEX "IDX_7ee3dfbf50c1b36227e9f54a54" ON deliveries (action_id, triggered_at, id)`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "IDX_7ee3dfbf50c1b36227e9f54a54"`)
    await runner.query(`DROP INDEX "IDX_a5dee795f4127863579c007876"`)
  }
}
