import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a key lookup joins: written in the transaction of the events, so that a key works as soon as it is answered. */
export class MembersAndKeys1750000000001 implements MigrationInterface {
  name = 'MembersAndKeys1750000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspace (
        workspace_id text PRIMARY KEY,
        name text NOT NULL,
        slug text NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE member (
        workspace_id text NOT NULL REFERENCES workspace,
        user_id text NOT NULL,
        email text NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        platform_role text,
        added_at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, user_id)
      )`);
    await runner.query(`
      CREATE TABLE api_key (
        key_id text PRIMARY KEY,
        key_hash text NOT NULL UNIQUE CHECK (key_hash ~ '^[0-9a-f]{64}$'),
        workspace_id text NOT NULL,
        user_id text NOT NULL,
        scopes text[] NOT NULL,
        revoked_at timestamptz,
        FOREIGN KEY (workspace_id, user_id) REFERENCES member
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_key, member, workspace');
  }
}
