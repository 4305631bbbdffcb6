import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The role that the gateway reads records through. Roles belong to the whole server: it may exist already, another
 * service may be making it this moment, and a managed server may not let us. Then reads rest on the session's
 * `default_transaction_read_only` alone.
 */
export class ReaderRole1750000000002 implements MigrationInterface {
  name = 'ReaderRole1750000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DO $$ BEGIN
      CREATE ROLE connections_reader NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
    END $$`);
    await runner.query(`DO $$ BEGIN
      GRANT connections_reader TO CURRENT_USER;
    EXCEPTION WHEN undefined_object OR insufficient_privilege OR invalid_grant_operation THEN NULL;
    END $$`);
    await runner.query(`DO $$ BEGIN
      GRANT USAGE ON SCHEMA public TO connections_reader;
      GRANT SELECT ON records, checkpoint TO connections_reader;
    EXCEPTION WHEN undefined_object THEN NULL;
    END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The role itself may serve other databases.
    await runner.query('REVOKE SELECT ON records, checkpoint FROM connections_reader');
  }
}
