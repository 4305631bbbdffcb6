import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a stream has done in the run so far: sync may end it without hearing of its worker again. */
export class StreamProgress1750000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE run_stream ADD COLUMN progress jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE run_stream DROP COLUMN progress');
  }
}
