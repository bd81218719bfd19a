import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Keys besides the administrator's. */
export class ApiKeys1763880000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE api_keys (
        id uuid NOT NULL,
        name text NOT NULL,
        scopes text[] NOT NULL,
        hash bytea NOT NULL,
        hint text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT "PK_api_keys" PRIMARY KEY (id)
      )`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys')
  }
}
