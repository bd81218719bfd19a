import type { MigrationInterface, QueryRunner } from 'typeorm'

const statements = [
  `CREATE TABLE audit_log (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    actor_name text NOT NULL,
    key_id uuid,
    action text NOT NULL,
    object_type text NOT NULL,
    object_id text,
    object_name text,
    changes jsonb NOT NULL,
    request_id text,
    ip text,
    CONSTRAINT "PK_07fefa57f7f5ab8fc3f52b3ed0b" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_57413b6472a19160df0c042426" ON audit_log (at, id)`,
  `CREATE INDEX "IDX_0df582a7812d2be886897da613" ON audit_log (object_id, at, id)`,
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the audit log can only be added to' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  // For each statement, so that one which finds no row is refused too.
  `CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
]

/** Who changed what, when: rows that can be added and never changed. */
export class AuditLog1763880000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_log')
    await runner.query('DROP FUNCTION refuse_audit_change')
  }
}
