import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Which rules throw and which actions cannot be delivered: every process, and whoever watches, has to see it. */
export class WhatFails1763880000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rules ADD failed_at timestamptz`)
    await runner.query(
      `ALTER TABLE actions ADD failing_since timestamptz, ADD has_worked boolean NOT NULL DEFAULT false`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE actions DROP COLUMN failing_since, DROP COLUMN has_worked`)
    await runner.query(`ALTER TABLE rules DROP COLUMN failed_at`)
  }
}
