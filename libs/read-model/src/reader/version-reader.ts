import type pg from 'pg';

/** The cheap questions that every read and every write asks: how far the views have come. */
export class VersionReader {
  constructor(private readonly pool: pg.Pool) {}

  /** Versions of workspaces; one that nothing happened in yet has none. */
  async workspaces(ids: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await this.pool.query<[string, string]>({
      name: 'workspace-versions',
      text: 'select workspace_id, version from workspace_version where workspace_id = any($1)',
      values: [ids],
      rowMode: 'array',
    });
    return new Map(rows);
  }

  /** Versions of connections. */
  async connections(ids: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<[string, number]>({
      name: 'connection-versions',
      text: 'select id, version from connection_view where id = any($1)',
      values: [ids],
      rowMode: 'array',
    });
    return new Map(rows);
  }

  /** Versions of connectors' cadences; one that was never set has none. */
  async cadences(connectorTypes: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<[string, number]>({
      name: 'cadence-versions',
      text: 'select connector_type, version from cadence_view where connector_type = any($1)',
      values: [connectorTypes],
      rowMode: 'array',
    });
    return new Map(rows);
  }

  /** Seconds since the projection last gave a sign of life; Infinity when it never did. */
  async heartbeatAge(): Promise<number> {
    const { rows } = await this.pool.query<{ age: number }>({
      name: 'heartbeat',
      text: 'select extract(epoch from clock_timestamp() - beat_at)::float8 as age from projection_heartbeat',
    });
    return rows[0]?.age ?? Infinity;
  }
}
