import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the runs that have had their time. */
export class OldRuns1750000000004 implements MigrationInterface {
  name = 'OldRuns1750000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index run_view_oldest_first on run_view (finished_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index run_view_oldest_first');
  }
}
