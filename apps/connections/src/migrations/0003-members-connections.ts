import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which the connections of a member who leaves are found: rarely, but among all events there ever were. */
export class MembersConnections1750000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX events_by_consent ON events ((data->>'consentUserId')) WHERE data ? 'consentUserId'`);
    await runner.query(`
      CREATE INDEX events_by_owner ON events ((data->>'ownerUserId')) WHERE data ? 'ownerUserId'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX events_by_consent, events_by_owner');
  }
}
