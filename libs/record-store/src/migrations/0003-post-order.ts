import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Posts in the order of their publication, for the social view's feed and days; no other stream's rows are in it. */
export class PostOrder1750000000003 implements MigrationInterface {
  name = 'PostOrder1750000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX records_posts ON records
      (connection_id, (data ->> 'created_at') COLLATE "C", external_id) WHERE stream = 'posts' AND deleted_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX records_posts');
  }
}
