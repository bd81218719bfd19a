import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * When what a rule looks for last changed. Of the rules that are there the audit log says it; of one that is older than the audit log and
 * was not changed since, nobody knows better than that it was last edited then.
 */
export class ConditionChanged1763880000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rules ADD condition_changed_at timestamptz NOT NULL DEFAULT now()`)
    await runner.query(
      `UPDATE rules SET condition_changed_at = coalesce(
         (SELECT max(at) FROM audit_log
           WHERE object_type = 'rule' AND object_id = rules.id::text
             AND changes ?| ARRAY['logType', 'patternType', 'patternValue', 'thresholdCount', 'thresholdWindowMinutes']
             AND action <> 'delete'),
         updated_at)`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rules DROP COLUMN condition_changed_at`)
  }
}
