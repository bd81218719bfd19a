import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What processes died at while they judged it. */
export class SuspectedTransitions1763880000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE suspected_transitions (
         transition_id bigint NOT NULL, deaths int NOT NULL DEFAULT 0, in_hand boolean NOT NULL DEFAULT false,
         CONSTRAINT "PK_94c1272336429accfe5d364b9e6" PRIMARY KEY (transition_id))`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE suspected_transitions`)
  }
}
