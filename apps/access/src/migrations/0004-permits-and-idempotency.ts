import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What callers have spent of their windows, and what their requests were answered. */
export class PermitsAndIdempotency1750000000004 implements MigrationInterface {
  name = 'PermitsAndIdempotency1750000000004';

  async up(runner: QueryRunner): Promise<void> {
    // Unlogged: a lease need not wait for a disk. A crash of PostgreSQL starts every window anew.
    await runner.query(`
      CREATE UNLOGGED TABLE permit_window (
        caller text PRIMARY KEY,
        started_at timestamptz NOT NULL,
        spent integer NOT NULL,
        last_grant integer NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE claimed_request (
        request_hash text PRIMARY KEY CHECK (request_hash ~ '^[0-9a-f]{64}$'),
        body_hmac text NOT NULL CHECK (body_hmac ~ '^[0-9a-f]{64}$'),
        holder uuid,
        held_until timestamptz,
        answer jsonb,
        claimed_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX claimed_request_by_age ON claimed_request (claimed_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE claimed_request, permit_window');
  }
}
