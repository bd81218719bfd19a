import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * When what a rule looks for last changed. Of the rules that are there the audit log says it. Where it does not, that was before the
 * audit log, and so before the first edit that is noted of the rule, and not after its last. Deleting a rule wrote over when that was:
 * a deleted one of which no edit is noted counts as unchanged since it was made.
 */
export class ConditionChanged1763880000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rules ADD condition_changed_at timestamptz NOT NULL DEFAULT now()`)
    await runner.query(
      `UPDATE rules SET condition_changed_at = (
         SELECT coalesce(
                  max(at) FILTER (WHERE changes ?|
                    ARRAY['logType', 'patternType', 'patternValue', 'thresholdCount', 'thresholdWindowMinutes']),
                  least(min(at), CASE WHEN rules.deleted_at IS NULL THEN rules.updated_at END),
                  rules.created_at)
           FROM audit_log
          WHERE object_type = 'rule' AND object_id = rules.id::text AND action <> 'delete')`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rules DROP COLUMN condition_changed_at`)
  }
}
