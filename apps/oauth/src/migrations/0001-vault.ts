import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sealed columns are null together: what was wiped, and handles, hold no secret. */
const sealed = `
  key_version integer,
  wrapped_key bytea,
  ciphertext bytea,
  CHECK (num_nulls(key_version, wrapped_key, ciphertext) IN (0, 3))`;

export class Vault1750000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credential (
        credential_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        connector_type text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('oauth', 'api_key', 'handle')),
        status text NOT NULL CHECK (status IN ('staged', 'active', 'rejected', 'retired')),
        connection_id text,
        user_id text,
        version integer NOT NULL DEFAULT 1,
        account jsonb NOT NULL,
        base_url text,
        scopes text[] NOT NULL DEFAULT '{}',
        ${sealed},
        staged_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        refresh_due_at timestamptz,
        refresh_holder uuid,
        refresh_started_at timestamptz,
        refresh_until timestamptz,
        unsettled_refreshes integer NOT NULL DEFAULT 0,
        verdict_due_at timestamptz,
        refresh_failures integer NOT NULL DEFAULT 0,
        cool_down_until timestamptz,
        cool_down_code text
      )`);
    await runner.query(`CREATE INDEX ON credential (connection_id) WHERE connection_id IS NOT NULL`);
    await runner.query(`CREATE INDEX ON credential (staged_at) WHERE status = 'staged'`);
    await runner.query(`CREATE INDEX ON credential (verdict_due_at) WHERE verdict_due_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX ON credential (connector_type, (account->>'externalId')) WHERE status <> 'retired'`);
    await runner.query(`
      CREATE TABLE spare_grant (
        credential_id text PRIMARY KEY REFERENCES credential,
        workspace_id text NOT NULL,
        ${sealed}
      )`);
    await runner.query(`
      CREATE TABLE revocation (
        revocation_id text PRIMARY KEY,
        credential_id text NOT NULL,
        workspace_id text NOT NULL,
        connector_type text NOT NULL,
        external_id text NOT NULL,
        ${sealed},
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'revoked', 'still_used', 'given_up')),
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        last_fault text,
        settled_at timestamptz
      )`);
    await runner.query(`CREATE INDEX ON revocation (next_attempt_at) WHERE state = 'pending'`);
    await runner.query(`
      CREATE TABLE authorization_attempt (
        authorization_id text PRIMARY KEY,
        state_hash bytea NOT NULL UNIQUE,
        workspace_id text NOT NULL,
        user_id text NOT NULL,
        connector_type text NOT NULL,
        connection_id text NOT NULL,
        purpose text NOT NULL CHECK (purpose IN ('connect', 'reconnect')),
        session_hash text,
        ${sealed},
        status text NOT NULL DEFAULT 'open'
          CHECK (status IN ('open', 'exchanging', 'completed', 'expired', 'voided')),
        minted_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE INDEX ON authorization_attempt (expires_at) WHERE status IN ('open', 'exchanging')`);
    await runner.query(`CREATE INDEX ON authorization_attempt (connection_id) WHERE status = 'open'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE authorization_attempt, revocation, spare_grant, credential');
  }
}
