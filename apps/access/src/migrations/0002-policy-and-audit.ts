import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a workspace lets its members reach, what is shown of keys, and who did what. */
export class PolicyAndAudit1750000000002 implements MigrationInterface {
  name = 'PolicyAndAudit1750000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE app_off (
        workspace_id text NOT NULL REFERENCES workspace,
        app text NOT NULL,
        PRIMARY KEY (workspace_id, app)
      )`);
    await runner.query(`
      CREATE TABLE surface_policy (
        workspace_id text NOT NULL REFERENCES workspace,
        surface text NOT NULL,
        policy jsonb NOT NULL,
        PRIMARY KEY (workspace_id, surface)
      )`);
    // A member leaves, and their revoked keys stay: audit entries name them.
    await runner.query('ALTER TABLE api_key DROP CONSTRAINT api_key_workspace_id_user_id_fkey');
    await runner.query(`
      ALTER TABLE api_key
        ADD COLUMN name text NOT NULL DEFAULT '',
        ADD COLUMN prefix text NOT NULL DEFAULT '',
        ADD COLUMN issued_at timestamptz NOT NULL DEFAULT now()`);
    await runner.query(`
      UPDATE api_key SET name = e.data->>'name', prefix = e.data->>'prefix',
        issued_at = (e.data->>'issuedAt')::timestamptz
      FROM events e WHERE e.stream = 'api_key-' || key_id AND e.type = 'ApiKeyIssued'`);
    await runner.query(`CREATE INDEX api_key_of_workspace ON api_key (workspace_id, issued_at DESC, key_id DESC)
      WHERE revoked_at IS NULL`);
    await runner.query(`
      CREATE TABLE audit_entry (
        workspace_id text NOT NULL,
        entry_id uuid NOT NULL,
        user_id text NOT NULL,
        user_name text NOT NULL,
        key_id text,
        action text NOT NULL,
        target text,
        outcome text NOT NULL,
        code text,
        request_id text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, entry_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_entry, surface_policy, app_off');
    await runner.query('ALTER TABLE api_key DROP COLUMN name, DROP COLUMN prefix, DROP COLUMN issued_at');
  }
}
