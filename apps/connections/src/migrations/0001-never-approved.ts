import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows that wait for their first approval, and when their last authorize URL was minted. */
export class NeverApproved1750000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE never_approved (
        connection_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        minted_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE never_approved');
  }
}
