import { findConnector, quotaRequests } from '@connections/connectors';
import { SyncService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { EventStore, type CommandContext } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { shareOf } from './share.js';

const { leaseQuota } = SyncService.method;

/** Permits unused after this are void. */
const VALID_MS = 20_000;
/** From a permit's grant to the request's arrival at the provider, at most: its validity and a slow network. */
const ARRIVAL_MS = 30_000;
/** Permits are counted by spans, so many in a window: rows are bounded by them, not by requests. */
const SPANS = 60;

/** Gives out what the provider allows the platform's own credential, to all replicas from one count. */
@Controller()
export class QuotaCommands {
  constructor(private readonly store: EventStore) {}

  /**
   * Permits within any window and the time that they take to arrive never exceed the limit, so neither do the requests
   * that arrive within a window, wherever it begins.
   */
  @RpcMethod(leaseQuota)
  async lease(
    request: RpcRequest<typeof leaseQuota>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof leaseQuota>> {
    const { workspaceId, connectorType, wanted } = request;
    const definition = findConnector(connectorType);
    const quota = definition?.api?.quotas?.find(({ name }) => name === request.quota);
    // A worker of another release knows a limit that we do not: the provider still minds its own.
    if (!definition || !quota) return { granted: wanted, validMs: VALID_MS };
    const limit = quotaRequests(definition, quota, process.env);
    const spanMs = Math.ceil((quota.windowSeconds * 1000) / SPANS);
    const keptMs = quota.windowSeconds * 1000 + ARRIVAL_MS;
    return this.store.transaction(context, async ({ manager }) => {
      const key = [connectorType, quota.name];
      await manager.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('quota:' || $1 || ':' || $2, 0))`,
        key,
      );
      // One clock for all replicas: the database's.
      const [clock]: { now: string }[] = await manager.query(
        'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS now',
      );
      const now = Number(clock!.now);
      // Spans far ahead are numbered by the shorter window of an earlier release, and would never be over.
      await manager.query(
        `DELETE FROM quota_use WHERE connector_type = $1 AND quota = $2
           AND ((span + 1) * $3::bigint <= $4 OR span * $3::bigint > $5)`,
        [...key, spanMs, now - keptMs, now + keptMs],
      );
      const [use]: { used: string; mine: string; ahead: string; oldest: string | null; shared: boolean }[] =
        await manager.query(
          `SELECT coalesce(sum(permits), 0) AS used, min(span) FILTER (WHERE permits > 0) AS oldest,
             coalesce(sum(permits) FILTER (WHERE workspace_id = $3), 0) AS mine,
             coalesce(sum(refusals) FILTER (WHERE workspace_id = $3), 0) AS ahead,
             EXISTS (SELECT 1 FROM connection
                     WHERE connector_type = $1 AND workspace_id <> $3 AND NOT disconnected) AS shared
           FROM quota_use WHERE connector_type = $1 AND quota = $2`,
          [...key, workspaceId],
        );
      const { used, mine, ahead, oldest, shared } = use!;
      const granted = shareOf({ limit, used: Number(used), mine: Number(mine), wanted, shared });
      await manager.query(
        `INSERT INTO quota_use (connector_type, quota, span, workspace_id, permits, refusals)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (connector_type, quota, span, workspace_id) DO UPDATE SET
           permits = quota_use.permits + excluded.permits, refusals = quota_use.refusals + excluded.refusals`,
        [...key, Math.floor(now / spanMs), workspaceId, granted, granted === 0 ? 1 : 0],
      );
      if (granted === 0) {
        const freedAt = oldest === null ? now + spanMs : (Number(oldest) + 1) * spanMs + keptMs;
        const retryAfterMs =
          Math.max(1_000, freedAt - now) + turnOf(Number(ahead), limit, quota.windowSeconds);
        return { granted, validMs: VALID_MS, retryAfterMs };
      }
      return { granted, validMs: VALID_MS };
    });
  }
}

/**
 * How much later than the first permit one comes for who asks after so many others of their workspace: a thousand streams
 * told to come back at the same moment would be refused together again, every few seconds.
 */
function turnOf(ahead: number, limit: number, windowSeconds: number): number {
  const windowMs = windowSeconds * 1000;
  // A share is one half of the limit.
  return Math.min(windowMs, Math.round((ahead * 2 * windowMs) / limit));
}
