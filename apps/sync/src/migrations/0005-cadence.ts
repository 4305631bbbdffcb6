import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What overrides connectors' default cadences, and when each connection last began to sync: its next due time follows. */
export class Cadence1750000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cadence (
        connector_type text PRIMARY KEY,
        override text,
        rescheduled_after text
      )`);
    await runner.query('ALTER TABLE connection ADD COLUMN last_started_at timestamptz');
    await runner.query(`
      UPDATE connection c SET last_started_at = (
        SELECT max((e.data->>'startedAt')::timestamptz)
        FROM run r JOIN events e ON e.stream = 'run-' || r.run_id AND e.type = 'SyncRunFinished'
        WHERE r.connection_id = c.connection_id AND r.outcome <> 'skipped_locked')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE connection DROP COLUMN last_started_at');
    await runner.query('DROP TABLE cadence');
  }
}
