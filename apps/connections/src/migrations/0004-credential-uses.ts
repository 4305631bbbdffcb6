import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which events gave a connection its credential: the vault asks of each one that stays staged. */
export class CredentialUses1750000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX events_credential_uses ON events ((data ->> 'credentialId'))
      WHERE type IN ('ConnectionEstablished', 'ConnectionReconnected')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX events_credential_uses');
  }
}
