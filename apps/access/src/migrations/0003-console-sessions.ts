import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who a member is at the OpenID provider, and their console sessions. Both leave with the member. */
export class ConsoleSessions1750000000003 implements MigrationInterface {
  name = 'ConsoleSessions1750000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE member_identity (
        workspace_id text NOT NULL,
        user_id text NOT NULL,
        issuer text NOT NULL,
        subject text NOT NULL,
        bound_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (workspace_id, user_id, issuer),
        UNIQUE (issuer, subject, workspace_id),
        FOREIGN KEY (workspace_id, user_id) REFERENCES member ON DELETE CASCADE
      )`);
    await runner.query('CREATE INDEX member_by_email ON member (email)');
    await runner.query(`
      CREATE TABLE console_session (
        session_id uuid PRIMARY KEY,
        token_hash text NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
        previous_token_hash text UNIQUE,
        previous_until timestamptz,
        csrf_token text NOT NULL,
        workspace_id text NOT NULL,
        user_id text NOT NULL,
        signed_in_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        rotated_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (workspace_id, user_id) REFERENCES member ON DELETE CASCADE
      )`);
    await runner.query('CREATE INDEX console_session_of_member ON console_session (workspace_id, user_id)');
    await runner.query('CREATE INDEX console_session_by_age ON console_session (last_seen_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE console_session, member_identity');
    await runner.query('DROP INDEX member_by_email');
  }
}
