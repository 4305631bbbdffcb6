import { ProviderError, quotaOf, type ConnectorDefinition } from '@connections/connectors';
import { SyncService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';

/** At most so many at once: what is not used in time is lost to everybody. */
const LARGEST_BATCH = 8;

interface Batch {
  left: number;
  readonly size: number;
  /** Monotonic milliseconds. */
  readonly validUntil: number;
}

/**
 * Permits to call providers by the platform's own credential, leased from sync in batches and shared by the slices of
 * this process that work for the same workspace.
 */
@Injectable()
export class QuotaLeases {
  private readonly batches = new Map<string, Batch>();
  private readonly asking = new Map<string, Promise<void>>();

  constructor(private readonly bus: Bus) {}

  /**
   * Takes a permit for one request; resolves at once where no limit is known.
   * @throws ProviderError rate_limit when the workspace's share is spent; DomainError `unavailable` with sync away
   */
  async take(definition: ConnectorDefinition, workspaceId: string, path: string): Promise<void> {
    const quota = quotaOf(definition, path)?.name;
    if (quota === undefined) return;
    const key = `${definition.type}/${quota}/${workspaceId}`;
    for (;;) {
      const batch = this.batches.get(key);
      if (batch && batch.left > 0 && performance.now() < batch.validUntil) {
        batch.left--;
        return;
      }
      // One asks for all who wait.
      let asking = this.asking.get(key);
      if (!asking) {
        asking = this.lease(key, definition.type, quota, workspaceId).finally(() => this.asking.delete(key));
        this.asking.set(key, asking);
      }
      await asking;
    }
  }

  private async lease(key: string, connectorType: string, quota: string, workspaceId: string): Promise<void> {
    const last = this.batches.get(key);
    const askedAt = performance.now();
    // A batch that was used up in time may be followed by a larger one; what lay idle begins with one again.
    const isBusy = last !== undefined && last.left === 0 && askedAt < last.validUntil;
    const wanted = isBusy ? Math.min(LARGEST_BATCH, last.size * 2) : 1;
    this.forgetVoid(askedAt);
    const { granted, validMs, retryAfterMs } = await this.bus
      .rpc(SyncService, { workspaceId, actor: 'system:puller' })
      .leaseQuota({ workspaceId, connectorType, quota, wanted });
    if (granted === 0) {
      const until = Date.now() + (retryAfterMs ?? 1_000);
      throw new ProviderError({
        kind: 'rate_limit',
        until,
        scope: 'connection',
        note: `the app's ${quota} quota`,
      });
    }
    this.batches.set(key, { left: granted, size: wanted, validUntil: askedAt + validMs });
  }

  /** Workspaces that were worked for once must not be kept for ever. */
  private forgetVoid(now: number): void {
    for (const [key, batch] of this.batches) if (batch.validUntil <= now) this.batches.delete(key);
  }
}
