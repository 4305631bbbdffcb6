import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Permits given, and refused, to call a provider by the platform's own credential, by workspace and short spans of time. */
export class Quota1750000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quota_use (
        connector_type text NOT NULL,
        quota text NOT NULL,
        span bigint NOT NULL,
        workspace_id text NOT NULL,
        permits integer NOT NULL DEFAULT 0,
        refusals integer NOT NULL DEFAULT 0,
        PRIMARY KEY (connector_type, quota, span, workspace_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quota_use');
  }
}
