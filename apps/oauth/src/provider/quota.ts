import { ProviderError, quotaOf, type ConnectorDefinition } from '@connections/connectors';
import { SyncService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';

/** Requests that connecting makes count like a puller's: they use up the same limit of the platform's credential. */
@Injectable()
export class Quota {
  constructor(private readonly bus: Bus) {}

  /**
   * Takes a permit for one request.
   * @throws ProviderError rate_limit when the workspace's share is spent. With sync away the request may leave: no
   * member should wait for that, and their number is small.
   */
  async take(definition: ConnectorDefinition, workspaceId: string, path: string): Promise<void> {
    const quota = quotaOf(definition, path)?.name;
    if (quota === undefined) return;
    const { granted, retryAfterMs } = await this.bus
      .rpc(SyncService, { workspaceId, actor: 'system:oauth' })
      .leaseQuota({ workspaceId, connectorType: definition.type, quota, wanted: 1 })
      .catch((error: unknown) => {
        if (error instanceof DomainError && ['unavailable', 'timeout'].includes(error.code))
          return { granted: 1, retryAfterMs: undefined };
        throw error;
      });
    if (granted > 0) return;
    throw new ProviderError({ kind: 'rate_limit', until: Date.now() + (retryAfterMs ?? 1_000) });
  }
}
