import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a consumer remembers, and who holds which session lock. Every service's database has it. */
export class CreateInbox1700000000000 implements MigrationInterface {
  name = 'CreateInbox1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table consumer_position (
        consumer text not null,
        stream text not null,
        version integer not null,
        attempts integer not null default 0,
        retry_at timestamptz,
        parked_at timestamptz,
        reason text,
        constraint consumer_position_pkey primary key (consumer, stream)
      )`);
    await runner.query(
      'create index consumer_position_retry on consumer_position (retry_at) where retry_at is not null',
    );
    await runner.query(
      'create index consumer_position_parked on consumer_position (consumer) where parked_at is not null',
    );
    await runner.query(`
      create table consumer_cursor (
        consumer text not null,
        event_group smallint not null,
        baseline bigint not null,
        sequence bigint not null default 0,
        event_id uuid,
        message_at timestamptz not null,
        position bigint not null default 0,
        catch_up_from bigint,
        primary key (consumer, event_group)
      )`);
    await runner.query(`
      create table session_beat (
        pid integer primary key,
        beat_at timestamptz not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table session_beat, consumer_cursor, consumer_position');
  }
}
