import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [
  `CREATE TABLE erased_numbers (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    digest text NOT NULL,
    calling_code text NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "PK_4b41bc7dcd6ec34e7282f9a62c5" PRIMARY KEY (id)
  )`,
  `ALTER TABLE system_state ADD erasure_key text`,
  // Erasing a number may take it out of names and values; nothing else of an entry ever changes.
  `CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'UPDATE' AND current_setting('giftpulse.erasing', true) = 'on' THEN
       IF TG_LEVEL = 'STATEMENT' THEN
         RETURN NULL;
       END IF;
       IF (OLD.id, OLD.at, OLD.actor, OLD.key_id, OLD.action, OLD.object_type, OLD.object_id, OLD.ip)
          IS NOT DISTINCT FROM (NEW.id, NEW.at, NEW.actor, NEW.key_id, NEW.action, NEW.object_type, NEW.object_id, NEW.ip) THEN
         RETURN NEW;
       END IF;
     END IF;
     RAISE EXCEPTION 'the audit log can only be added to' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  `CREATE TRIGGER audit_log_erase_only BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`,
]

const down = [
  `DROP TRIGGER audit_log_erase_only ON audit_log`,
  `CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the audit log can only be added to' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  `ALTER TABLE system_state DROP COLUMN erasure_key`,
  `DROP TABLE erased_numbers`,
]

/** Which numbers were erased, by digests, so that they stay away; and the audit log lets go of a number that is erased. */
export class ErasedNumbers1763880000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}
