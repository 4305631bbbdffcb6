import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lanes in the order in which they are claimed: with another, claiming one would sort a flood's thousands. */
export class LaneOrder1750000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX run_lane_next ON run_lane (category, workspace_id, bulk, attempt DESC, not_before)
        WHERE state IN ('ready', 'waiting')`);
    await runner.query('DROP INDEX run_lane_open');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX run_lane_open ON run_lane (category, workspace_id, bulk, not_before)
        WHERE state IN ('ready', 'waiting')`);
    await runner.query('DROP INDEX run_lane_next');
  }
}
