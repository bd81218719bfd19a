import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What an alert owes is asked for by every page that shows one; the index that guards against doubles holds one kind only. */
export class DeliveriesByAlert1763880000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "IDX_a7bd500105cc2266afd16a217b" ON deliveries (alert_id, triggered_at, id)`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "IDX_a7bd500105cc2266afd16a217b"`)
  }
}
