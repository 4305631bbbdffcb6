import type pg from 'pg';

/** `connection`: an event of the connection itself; `run`: one of its runs. */
export type ChangeKind = 'connection' | 'run';

/** The latest change of a kind to a connection within what was read. */
export interface Change {
  readonly connectionId: string;
  readonly kind: ChangeKind;
  /** The workspace's version that the change made. */
  readonly version: number;
}

/** What a workspace's log holds: `to` is its latest version, `from` the oldest that is still told of; null when empty. */
export interface LogRange {
  readonly from: number | null;
  readonly to: number;
}

/** Reads what changed in a workspace after a version. */
export class ChangeReader {
  constructor(private readonly pool: pg.Pool) {}

  async range(workspaceId: string): Promise<LogRange> {
    const { rows } = await this.pool.query<{ from: string | null; to: string | null }>({
      name: 'change-range',
      text: `select (select min(version) from change_log where workspace_id = $1) as from,
        (select version from workspace_version where workspace_id = $1) as to`,
      values: [workspaceId],
    });
    const [range] = rows;
    return { from: range?.from == null ? null : Number(range.from), to: Number(range?.to ?? 0) };
  }

  /** Changes above `after` up to and with `to`, one a connection and kind, in the order of their versions. */
  async between(workspaceId: string, after: number, to: number): Promise<Change[]> {
    const { rows } = await this.pool.query<{ connection_id: string; kind: ChangeKind; version: string }>({
      name: 'changes',
      text: `select connection_id, kind, max(version) as version from change_log
        where workspace_id = $1 and version > $2 and version <= $3
        group by connection_id, kind order by version`,
      values: [workspaceId, after, to],
    });
    return rows.map((row) => ({
      connectionId: row.connection_id,
      kind: row.kind,
      version: Number(row.version),
    }));
  }
}
