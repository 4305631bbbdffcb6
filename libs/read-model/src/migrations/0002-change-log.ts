import type { MigrationInterface, QueryRunner } from 'typeorm';

import { grantReader } from './0001-views.js';

/** What changed at each version of a workspace, for subscribers that come back after a pause. */
export class ChangeLog1750000000002 implements MigrationInterface {
  name = 'ChangeLog1750000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table change_log (
        workspace_id uuid not null,
        version bigint not null,
        connection_id uuid not null,
        kind text not null,
        changed_at timestamptz(3) not null default clock_timestamp(),
        primary key (workspace_id, version)
      );
      create index change_log_oldest_first on change_log (changed_at)`);
    await runner.query(grantReader);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table change_log');
  }
}
