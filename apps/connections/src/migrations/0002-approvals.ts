import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of each approval, told by the credential it brought: the callback and the fallback policy both come. */
export class Approvals1750000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE approval (
        credential_id text PRIMARY KEY,
        connection_id text NOT NULL,
        outcome text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE approval');
  }
}
