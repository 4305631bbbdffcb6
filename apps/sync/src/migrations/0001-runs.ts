import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sync's working tables. What others may know of a run is in its events; these say what to do next. */
export class Runs1750000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connection (
        connection_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        connector_type text NOT NULL,
        category text NOT NULL,
        credential_id text NOT NULL,
        account jsonb NOT NULL,
        paused boolean NOT NULL DEFAULT false,
        reconnecting boolean NOT NULL DEFAULT false,
        rejected boolean NOT NULL DEFAULT false,
        disconnected boolean NOT NULL DEFAULT false,
        completed_once boolean NOT NULL DEFAULT false,
        failures integer NOT NULL DEFAULT 0,
        next_due timestamptz
      )`);
    await runner.query(`
      CREATE INDEX connection_due ON connection (next_due)
        WHERE NOT (paused OR reconnecting OR rejected OR disconnected)`);
    await runner.query('CREATE INDEX connection_by_type ON connection (connector_type, connection_id)');

    await runner.query(`
      CREATE TABLE run (
        run_id text PRIMARY KEY,
        connection_id text NOT NULL,
        workspace_id text NOT NULL,
        connector_type text NOT NULL,
        category text NOT NULL,
        trigger text NOT NULL,
        credential_id text NOT NULL,
        account jsonb NOT NULL,
        bulk boolean NOT NULL,
        traceparent text NOT NULL,
        state text NOT NULL,
        requested_at timestamptz NOT NULL DEFAULT now()
      )`);
    // At most one run holds a connection; the request that loses is recorded as skipped.
    await runner.query(`CREATE UNIQUE INDEX run_holding ON run (connection_id) WHERE state <> 'finished'`);

    await runner.query(`
      CREATE TABLE run_stream (
        run_id text NOT NULL,
        stream text NOT NULL,
        lane integer NOT NULL,
        ordinal integer NOT NULL,
        state text NOT NULL,
        resumes_at timestamptz,
        PRIMARY KEY (run_id, stream)
      )`);

    await runner.query(`
      CREATE TABLE run_lane (
        run_id text NOT NULL,
        lane integer NOT NULL,
        connection_id text NOT NULL,
        workspace_id text NOT NULL,
        connector_type text NOT NULL,
        category text NOT NULL,
        bulk boolean NOT NULL,
        slice integer NOT NULL,
        attempt integer NOT NULL,
        state text NOT NULL,
        not_before timestamptz NOT NULL,
        sent_at timestamptz,
        PRIMARY KEY (run_id, lane)
      )`);
    await runner.query(`
      CREATE INDEX run_lane_open ON run_lane (category, workspace_id, bulk, not_before)
        WHERE state IN ('ready', 'waiting')`);
    await runner.query(`
      CREATE INDEX run_lane_sent ON run_lane (category, workspace_id, sent_at) WHERE state = 'sent'`);

    await runner.query(`
      CREATE TABLE turn (
        category text NOT NULL,
        workspace_id text NOT NULL,
        served_at timestamptz NOT NULL,
        PRIMARY KEY (category, workspace_id)
      )`);
    await runner.query('CREATE INDEX turn_next ON turn (category, served_at)');

    await runner.query(`
      CREATE TABLE gate (
        scope text PRIMARY KEY,
        until timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['gate', 'turn', 'run_lane', 'run_stream', 'run', 'connection']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
