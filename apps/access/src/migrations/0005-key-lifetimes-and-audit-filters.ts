import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that expire and tell when they were used, filters of the audit, and who began a session. */
export class KeyLifetimesAndAuditFilters1750000000005 implements MigrationInterface {
  name = 'KeyLifetimesAndAuditFilters1750000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE api_key ADD COLUMN expires_at timestamptz, ADD COLUMN last_used_at timestamptz',
    );
    // Each filter reads its entries in the order of the page: a year of others is not looked at.
    await runner.query('CREATE INDEX audit_by_time ON audit_entry (workspace_id, at, entry_id)');
    await runner.query('CREATE INDEX audit_by_actor ON audit_entry (workspace_id, user_id, at, entry_id)');
    await runner.query('CREATE INDEX audit_by_action ON audit_entry (workspace_id, action, at, entry_id)');
    await runner.query(`CREATE INDEX audit_by_target ON audit_entry (workspace_id, target, at, entry_id)
      WHERE target IS NOT NULL`);
    // Most writes succeed: a page of them is soon found among all.
    await runner.query(`CREATE INDEX audit_by_outcome ON audit_entry (workspace_id, outcome, at, entry_id)
      WHERE outcome <> 'succeeded'`);
    // Sessions that began before know their member alone.
    await runner.query(`ALTER TABLE console_session ADD COLUMN issuer text, ADD COLUMN subject text,
      ADD COLUMN vouched_email text`);
    // The platform's staff is named by user id, whatever their workspace.
    await runner.query('CREATE INDEX member_by_user ON member (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX member_by_user');
    await runner.query(
      'ALTER TABLE console_session DROP COLUMN issuer, DROP COLUMN subject, DROP COLUMN vouched_email',
    );
    await runner.query(
      'DROP INDEX audit_by_time, audit_by_actor, audit_by_action, audit_by_target, audit_by_outcome',
    );
    await runner.query('ALTER TABLE api_key DROP COLUMN expires_at, DROP COLUMN last_used_at');
  }
}
