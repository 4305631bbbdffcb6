import type { MigrationInterface, QueryRunner } from 'typeorm';

import { grantReader } from './0001-views.js';

/** What runs and cadences say of the next sync, and until when an approval is waited for. */
export class Schedule1750000000006 implements MigrationInterface {
  name = 'Schedule1750000000006';

  async up(runner: QueryRunner): Promise<void> {
    // Columns without a default: no row is rewritten. Runs of before have neither, see ADR 100.
    await runner.query(`
      alter table run_view add column next_sync_at timestamptz(3), add column sync_interval text;
      alter table cadence_view add column changed_at timestamptz(3);
      create table authorization_view (
        connection_id uuid primary key,
        authorization_id uuid not null,
        started_at timestamptz(3) not null,
        expires_at timestamptz(3) not null
      )`);
    await runner.query(grantReader);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table authorization_view;
      alter table cadence_view drop column changed_at;
      alter table run_view drop column next_sync_at, drop column sync_interval`);
  }
}
