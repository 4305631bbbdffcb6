import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How and when a run ended, for the sweep of old ones; and whether its credential was replaced on the way. */
export class RunOutcomes1750000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE run
        ADD COLUMN outcome text,
        ADD COLUMN finished_at timestamptz,
        ADD COLUMN reconnected boolean NOT NULL DEFAULT false`);
    await runner.query('CREATE INDEX run_finished ON run (finished_at) WHERE finished_at IS NOT NULL');
    await runner.query('CREATE INDEX run_of_connection ON run (connection_id, finished_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX run_of_connection, run_finished');
    await runner.query(
      'ALTER TABLE run DROP COLUMN outcome, DROP COLUMN finished_at, DROP COLUMN reconnected',
    );
  }
}
