import type { MigrationInterface, QueryRunner } from 'typeorm';

import { grantReader } from './0001-views.js';

/** What overrides connectors' default cadences: when a connection turns stale follows from it. */
export class Cadences1750000000003 implements MigrationInterface {
  name = 'Cadences1750000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cadence_view (
        connector_type text primary key,
        version int not null,
        override text
      )`);
    await runner.query(grantReader);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table cadence_view');
  }
}
