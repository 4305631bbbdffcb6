import type { MigrationInterface, QueryRunner } from 'typeorm';

import { grantReader } from './0001-views.js';

/**
 * What happened to each connection, newest first. The table is filled by a policy that reads its owner's history from the
 * beginning; the ends of runs are in `run_view` already and only need an index in the order in which they ended.
 */
export class Activity1750000000005 implements MigrationInterface {
  name = 'Activity1750000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table activity_view (
        connection_id uuid not null,
        version int not null,
        event_id text not null,
        at timestamptz(3) not null,
        type text not null,
        actor uuid,
        data jsonb not null,
        primary key (connection_id, version)
      );
      create index activity_view_newest_first on activity_view (connection_id, at, event_id);
      create index activity_view_requests on activity_view (at) where type = 'ConnectionSyncRequested';
      create index run_view_ended on run_view (connection_id, finished_at, run_id)
        where status in ('completed', 'failed', 'partial')`);
    await runner.query(grantReader);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index run_view_ended; drop table activity_view');
  }
}
