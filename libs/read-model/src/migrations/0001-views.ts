import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The role that readers of a service's tables take on; the record store's migrations grant to it as well. */
export const READER_ROLE = 'connections_reader';

/**
 * Makes the reader's role and lets it read what the present schema has and will have. Roles are shared by the whole
 * server: two services that migrate at once must not fail over who made it first.
 */
export const grantReader = `
  do $$
  begin
    begin
      create role ${READER_ROLE} nologin;
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      execute format('grant ${READER_ROLE} to %I', current_user);
    exception when others then null; -- a superuser needs no grant; two grants at once collide
    end;
  end $$;
  grant usage on schema public to ${READER_ROLE};
  grant select on all tables in schema public to ${READER_ROLE};
  alter default privileges in schema public grant select on tables to ${READER_ROLE}`;

export class Views1750000000001 implements MigrationInterface {
  name = 'Views1750000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table connection_view (
        id uuid primary key,
        version int not null,
        workspace_id uuid not null,
        connector_type text not null,
        category text not null,
        auth_method text not null,
        ownership text not null,
        name text not null,
        owner_user_id uuid,
        consent_user_id uuid,
        created_by uuid not null,
        created_at timestamptz(3) not null,
        connected_at timestamptz(3),
        paused boolean not null,
        reconnecting boolean not null,
        rejected_at timestamptz(3),
        disconnected_at timestamptz(3),
        requested_run_ids text[] not null,
        external_account_id text,
        account_label text,
        handle text,
        display_name text
      );
      create index connection_view_newest_first on connection_view (workspace_id, created_at, id);

      create table run_view (
        run_id text primary key,
        connection_id uuid not null,
        workspace_id uuid not null,
        trigger text not null,
        status text not null,
        started_at timestamptz(3) not null,
        finished_at timestamptz(3),
        streams_total int not null,
        streams_failed int not null,
        records_written float8 not null,
        error_reason text,
        trace_id text,
        streams jsonb not null
      );
      create index run_view_newest_first on run_view (connection_id, started_at, run_id);
      create index run_view_running on run_view (connection_id, started_at, run_id) where status = 'running';
      create index run_view_settled on run_view (connection_id, started_at, run_id)
        where status in ('completed', 'failed', 'partial');
      create index run_view_completed on run_view (connection_id, finished_at) where status = 'completed';

      create table stream_view (
        connection_id uuid not null,
        stream text not null,
        run_started_at timestamptz(3) not null,
        mode text,
        last_success_at timestamptz(3),
        resumes_at timestamptz(3),
        error_reason text,
        primary key (connection_id, stream)
      );

      create table member_view (
        workspace_id uuid not null,
        user_id uuid not null,
        email text not null,
        name text not null,
        primary key (workspace_id, user_id)
      );

      create table workspace_version (workspace_id uuid primary key, version bigint not null)
        with (fillfactor = 50);
      create table projection_heartbeat (id boolean primary key, beat_at timestamptz not null)
        with (fillfactor = 50)`);
    await runner.query(grantReader);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table connection_view, run_view, stream_view, member_view, workspace_version, projection_heartbeat',
    );
  }
}
