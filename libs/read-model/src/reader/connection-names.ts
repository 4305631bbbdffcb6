import type pg from 'pg';

/** What connections are called, for lists that hold their ids alone. */
export class ConnectionNames {
  constructor(private readonly pool: pg.Pool) {}

  /** By id; without those that the workspace does not have. Ids must be UUIDs. */
  async of(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await this.pool.query<[string, string]>({
      name: 'connection-names',
      text: 'select id, name from connection_view where workspace_id = $1 and id = any($2::uuid[])',
      values: [workspaceId, ids],
      rowMode: 'array',
    });
    return new Map(rows);
  }
}
