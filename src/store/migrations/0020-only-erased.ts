import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [
  // Both ask whether the one text, or JSON, is the other with nothing changed but that numbers gave way to what stands for erased ones.
  // Between what is left of the old text there must stand what is spelled as a phone number, or what had given way before.
  `CREATE FUNCTION is_erased_text(was text, now text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
   DECLARE
     erased CONSTANT text := '\\(erased(?:-[A-Za-z0-9_-]{12})?\\)';
     separator CONSTANT text := '(?:[ ().\\-/+\\u00a0\\u2009\\u202f\\u2010-\\u2013]|%[0-9a-f]{2})';
     given_way CONSTANT text := '^(?:' || erased || '|' || separator || '{0,3}\\d(?:' || separator || '{0,8}\\d){6,20})$';
     pieces CONSTANT text[] := regexp_split_to_array(now, erased);
     -- How much of the old text can be what the new one has been read to.
     ends int[];
   BEGIN
     IF was IS NOT DISTINCT FROM now THEN
       RETURN true;
     END IF;
     IF was IS NULL OR now IS NULL THEN
       RETURN false;
     END IF;
     IF was ~ '^\\s*[[{]' THEN
       -- JSON in a text is written anew.
       BEGIN
         IF is_erased_json(was::jsonb, now::jsonb) THEN
           RETURN true;
         END IF;
       EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
         -- It only begins like JSON.
       END;
     END IF;
     ends := CASE WHEN starts_with(was, pieces[1]) THEN ARRAY[length(pieces[1])] END;
     FOR n IN 2..cardinality(pieces) LOOP
       SELECT array_agg(DISTINCT e + l + length(pieces[n])) INTO ends
         FROM unnest(ends) e, generate_series(7, least(500, length(was) - e)) l
        WHERE substr(was, e + l + 1, length(pieces[n])) = pieces[n] AND substr(was, e + 1, l) ~* given_way;
     END LOOP;
     RETURN coalesce(length(was) = ANY (ends), false);
   END $$`,
  // Two keys may have become one.
  `CREATE FUNCTION is_erased_json(was jsonb, now jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
   BEGIN
     IF was = now THEN
       RETURN true;
     END IF;
     IF jsonb_typeof(was) IN ('string', 'number') AND jsonb_typeof(now) = 'string' THEN
       RETURN is_erased_text(was #>> '{}', now #>> '{}');
     END IF;
     IF jsonb_typeof(was) = 'array' AND jsonb_typeof(now) = 'array' THEN
       RETURN jsonb_array_length(was) = jsonb_array_length(now) AND NOT EXISTS (
         SELECT FROM ROWS FROM (jsonb_array_elements(was), jsonb_array_elements(now)) AS item (before, after)
          WHERE NOT is_erased_json(item.before, item.after));
     END IF;
     IF jsonb_typeof(was) = 'object' AND jsonb_typeof(now) = 'object' THEN
       RETURN NOT EXISTS (
         SELECT FROM jsonb_each(now) later
          WHERE CASE WHEN was ? later.key AND is_erased_json(was -> later.key, later.value) THEN false
                ELSE NOT EXISTS (
                  SELECT FROM jsonb_each(was) former
                   WHERE CASE WHEN is_erased_text(former.key, later.key) THEN is_erased_json(former.value, later.value) END) END)
         AND NOT EXISTS (
         SELECT FROM jsonb_object_keys(was) former
          WHERE CASE WHEN now ? former THEN false
                ELSE NOT EXISTS (SELECT FROM jsonb_object_keys(now) later WHERE is_erased_text(former, later)) END);
     END IF;
     RETURN false;
   END $$`,
  `CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     erasable CONSTANT text[] := ARRAY['actor_name', 'object_name', 'changes', 'request_id'];
   BEGIN
     IF TG_OP = 'UPDATE' AND current_setting('giftpulse.erasing', true) = 'on' THEN
       IF TG_LEVEL = 'STATEMENT' THEN
         RETURN NULL;
       END IF;
       IF to_jsonb(OLD) - erasable = to_jsonb(NEW) - erasable
          AND is_erased_text(OLD.actor_name, NEW.actor_name) AND is_erased_text(OLD.object_name, NEW.object_name)
          AND is_erased_text(OLD.request_id, NEW.request_id) AND is_erased_json(OLD.changes, NEW.changes) THEN
         RETURN NEW;
       END IF;
     END IF;
     RAISE EXCEPTION 'the audit log can only be added to' USING ERRCODE = 'insufficient_privilege';
   END $$`,
]

const down = [
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
  `DROP FUNCTION is_erased_json`,
  `DROP FUNCTION is_erased_text`,
]

/** Erasing takes numbers out of names and values of the audit log, and changes nothing else of them. */
export class OnlyErased1763880000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}
