import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTITIONS = 16;

/** Records, where each stream's reading stands, what a full read has met so far, and what slices reported. */
export class Records1750000000001 implements MigrationInterface {
  name = 'Records1750000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE records (
      connection_id uuid NOT NULL,
      stream text NOT NULL,
      external_id text COLLATE "C" NOT NULL,
      data jsonb NOT NULL,
      hash bigint NOT NULL,
      first_seen_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz,
      missing_since timestamptz,
      PRIMARY KEY (connection_id, stream, external_id)
    ) PARTITION BY HASH (connection_id)`);
    for (let remainder = 0; remainder < PARTITIONS; remainder++) {
      await runner.query(`CREATE TABLE records_${remainder} PARTITION OF records
        FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${remainder})`);
    }
    // Every page updates its row here: room on the page keeps those updates off the index.
    await runner.query(`CREATE TABLE checkpoint (
      connection_id uuid NOT NULL,
      stream text NOT NULL,
      watermark text,
      pass jsonb,
      generation integer NOT NULL DEFAULT 0,
      last_full_at timestamptz,
      record_count bigint NOT NULL DEFAULT 0,
      deletions_held boolean NOT NULL DEFAULT false,
      run_id text,
      run_mode text,
      run_started_at timestamptz,
      run_written bigint NOT NULL DEFAULT 0,
      run_deleted bigint NOT NULL DEFAULT 0,
      run_requests integer NOT NULL DEFAULT 0,
      run_done boolean NOT NULL DEFAULT false,
      lease_token uuid,
      lease_until timestamptz,
      lease_count integer NOT NULL DEFAULT 0,
      PRIMARY KEY (connection_id, stream)
    ) WITH (fillfactor = 50)`);
    await runner.query(`CREATE TABLE seen_page (
      connection_id uuid NOT NULL,
      stream text NOT NULL,
      generation integer NOT NULL,
      page integer NOT NULL,
      ids bigint[] NOT NULL,
      PRIMARY KEY (connection_id, stream, generation, page)
    )`);
    await runner.query(`CREATE TABLE slice_result (
      run_id text NOT NULL,
      lane integer NOT NULL,
      slice integer NOT NULL,
      report jsonb NOT NULL,
      reported_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (run_id, lane, slice)
    )`);
    await runner.query('CREATE INDEX slice_result_age ON slice_result (reported_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE slice_result, seen_page, checkpoint, records');
  }
}
