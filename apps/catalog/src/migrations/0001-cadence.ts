import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was last set of each connector's cadence, as its events say. */
export class Cadence1750000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cadence (
        connector_type text PRIMARY KEY,
        override text,
        updated_by text NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cadence');
  }
}
