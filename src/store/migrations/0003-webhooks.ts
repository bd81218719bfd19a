import type { MigrationInterface, QueryRunner } from 'typeorm'

const statements = [
  `ALTER TABLE logs ADD whole boolean NOT NULL DEFAULT true`,
  `ALTER TABLE log_transitions ADD completes boolean NOT NULL DEFAULT false`,
  `CREATE TABLE receivers (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL,
    description text,
    enabled boolean NOT NULL DEFAULT true,
    secret text,
    token text,
    mapping jsonb NOT NULL,
    max_bytes integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    last_received_at timestamptz,
    received_count integer NOT NULL DEFAULT 0,
    managed_by text,
    CONSTRAINT "PK_58db3b9ea40bf111b785247ea24" PRIMARY KEY (id)
  )`,
  `CREATE UNIQUE INDEX "IDX_ae18fd21164c914e273bb811c8" ON receivers (name)`,
  `CREATE TABLE inbox (
    id uuid NOT NULL,
    channel text NOT NULL,
    idempotency_id text NOT NULL,
    receiver_id uuid,
    account_sid text,
    given_id text,
    twilio_sid text,
    body text NOT NULL,
    received_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'pending',
    error text,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now(),
    lease_token uuid,
    lease_until timestamptz,
    CONSTRAINT "PK_ab7abc299fab4bb4f965549c819" PRIMARY KEY (id)
  )`,
  `CREATE INDEX "IDX_3793f0f1e35d429b8cc53dc83a" ON inbox (id) WHERE state = 'pending'`,
  `CREATE INDEX "IDX_b03d92576a4325cb8384128b2f" ON inbox (receiver_id, received_at, id) WHERE receiver_id IS NOT NULL`,
  `CREATE INDEX "IDX_7257c34650dc03a82d73ea3b56" ON inbox (received_at, id)`,
  `CREATE UNIQUE INDEX "IDX_4f8badff6e47f5a12f8db2aff0" ON inbox (channel, idempotency_id)`,
]

/** What comes in by webhooks: the inbox, receivers, and logs that are known in part. */
export class Webhooks1763880000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE inbox, receivers`)
    await runner.query(`ALTER TABLE log_transitions DROP COLUMN completes`)
    await runner.query(`ALTER TABLE logs DROP COLUMN whole`)
  }
}
