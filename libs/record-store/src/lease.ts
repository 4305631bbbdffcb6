import type { EntityManager } from 'typeorm';
import { fromRow, type Checkpoint, type CheckpointRow, type StreamKey } from './checkpoint.js';

export interface LeaseRequest extends StreamKey {
  readonly runId: string;
  /** A fresh UUID: it fences every page that is written under this lease. */
  readonly token: string;
  readonly forMs: number;
}

/** Another worker holds the stream for this much longer, unless it renews. */
export interface Held {
  readonly heldForMs: number;
}

/** Another worker has taken the stream over: nothing more may be written under the old lease. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor({ connectionId, stream }: StreamKey) {
    super(`the lease on ${stream} of ${connectionId} is lost`);
  }
}

/** Takes the stream, making its checkpoint on first sight; a run that is new to it begins with totals of zero. */
export async function lease(manager: EntityManager, request: LeaseRequest): Promise<Checkpoint | Held> {
  const { connectionId, stream, runId, token, forMs } = request;
  const [taken]: CheckpointRow[] = await manager.query(
    `INSERT INTO checkpoint AS c (connection_id, stream, run_id, run_started_at, lease_token, lease_until, lease_count)
     VALUES ($1, $2, $3, now(), $4, now() + make_interval(secs => $5::float / 1000), 1)
     ON CONFLICT (connection_id, stream) DO UPDATE SET
       lease_token = excluded.lease_token,
       lease_until = excluded.lease_until,
       run_id = excluded.run_id,
       lease_count = CASE WHEN c.run_id = excluded.run_id THEN c.lease_count + 1 ELSE 1 END,
       run_started_at = CASE WHEN c.run_id = excluded.run_id THEN c.run_started_at ELSE now() END,
       run_mode = CASE WHEN c.run_id = excluded.run_id THEN c.run_mode END,
       run_written = CASE WHEN c.run_id = excluded.run_id THEN c.run_written ELSE 0 END,
       run_deleted = CASE WHEN c.run_id = excluded.run_id THEN c.run_deleted ELSE 0 END,
       run_requests = CASE WHEN c.run_id = excluded.run_id THEN c.run_requests ELSE 0 END,
       run_done = c.run_id = excluded.run_id AND c.run_done
     WHERE c.lease_until IS NULL OR c.lease_until < now()
     RETURNING *`,
    [connectionId, stream, runId, token, forMs],
  );
  if (taken) return fromRow(taken);
  const [held]: { ms: number }[] = await manager.query(
    `SELECT extract(epoch FROM lease_until - now())::float * 1000 AS ms FROM checkpoint
     WHERE connection_id = $1 AND stream = $2`,
    [connectionId, stream],
  );
  return { heldForMs: Math.max(0, held?.ms ?? 0) };
}

/** Keeps the lease over a slow page. False: it is lost. */
export async function renew(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  token: string,
  forMs: number,
): Promise<boolean> {
  const [, count]: [unknown, number] = await manager.query(
    `UPDATE checkpoint SET lease_until = now() + make_interval(secs => $4::float / 1000)
     WHERE connection_id = $1 AND stream = $2 AND lease_token = $3`,
    [connectionId, stream, token, forMs],
  );
  return count === 1;
}

/** Locks the checkpoint to the end of the transaction. Throws {@link LeaseLost}. */
export async function fence(manager: EntityManager, key: StreamKey, token: string): Promise<Checkpoint> {
  const [row]: CheckpointRow[] = await manager.query(
    'SELECT * FROM checkpoint WHERE connection_id = $1 AND stream = $2 AND lease_token = $3 FOR UPDATE',
    [key.connectionId, key.stream, token],
  );
  if (!row) throw new LeaseLost(key);
  return fromRow(row);
}
