import { OauthService, SyncService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { connectTransport, MessagingModule, RpcMethod } from '@connections/messaging';
import { startService } from '@connections/platform';
import { Controller, Module } from '@nestjs/common';
import type { SliceReport } from '../src/slice/slice-reports.js';

const { leaseToken } = OauthService.method;
const { reportSlice, leaseQuota } = SyncService.method;

export interface VaultEntry {
  token: string;
  version: number;
  baseUrl?: string;
  /** Called when a version is refused; answers the next token, or throws what the vault would. */
  refresh?: (refusedVersion: number) => VaultEntry;
  /** How long a lease lasts. */
  leaseMs?: number;
}

type Keyed = Pick<SliceReport, 'runId' | 'lane' | 'slice'>;

/** Stands where oauth and sync are, on the real bus: hands out tokens, and keeps what was reported. */
export async function startNeighbours(natsUrl: string) {
  const vault = new Map<string, VaultEntry>();
  const leases: RpcRequest<typeof leaseToken>[] = [];
  const reports: SliceReport[] = [];
  /** `quota`: permits that are left of every limit, for everybody. */
  const behaviour = { directive: 'accepted', syncAway: 0, quota: Infinity, quotaRetryMs: 1_000 };
  const quota = { leases: [] as RpcRequest<typeof leaseQuota>[] };

  @Controller()
  class Oauth {
    @RpcMethod(leaseToken)
    lease(request: RpcRequest<typeof leaseToken>): Promise<RpcResponse<typeof leaseToken>> {
      leases.push(request);
      let entry = vault.get(request.credentialId);
      if (!entry) throw new DomainError('not_found', 'no such credential');
      if (request.refusedVersion === entry.version) {
        if (!entry.refresh) throw new DomainError('credentials_rejected', 'rejected');
        entry = { ...entry, ...entry.refresh(entry.version) };
        vault.set(request.credentialId, entry);
      }
      const { token, version, baseUrl, leaseMs = 60_000 } = entry;
      return Promise.resolve({
        kind: 'oauth',
        token,
        version,
        leaseExpiresAt: new Date(Date.now() + leaseMs).toISOString(),
        ...(baseUrl === undefined ? {} : { baseUrl }),
      });
    }
  }

  @Controller()
  class Sync {
    @RpcMethod(reportSlice)
    report(request: SliceReport): Promise<RpcResponse<typeof reportSlice>> {
      if (behaviour.syncAway > 0) {
        behaviour.syncAway--;
        throw new DomainError('unavailable', 'away');
      }
      reports.push(request);
      return Promise.resolve({ directive: behaviour.directive });
    }

    @RpcMethod(leaseQuota)
    leaseQuota(request: RpcRequest<typeof leaseQuota>): Promise<RpcResponse<typeof leaseQuota>> {
      quota.leases.push(request);
      const granted = Math.min(request.wanted, behaviour.quota);
      behaviour.quota -= granted;
      const { quotaRetryMs: retryAfterMs } = behaviour;
      return Promise.resolve({ granted, validMs: 20_000, ...(granted === 0 && { retryAfterMs }) });
    }
  }

  const start = (service: string, controller: new () => object) => {
    @Module({ imports: [MessagingModule.forRoot({ service, natsUrl })], controllers: [controller] })
    class Neighbour {}
    return startService(() => Neighbour, { name: service, port: 0, configure: connectTransport });
  };
  const services = [await start('oauth', Oauth), await start('sync', Sync)];

  const isOf = (key: Keyed) => (report: Keyed) =>
    report.runId === key.runId && report.lane === key.lane && report.slice === key.slice;
  return {
    vault,
    leases,
    reports,
    behaviour,
    quota,
    reportOf: (key: Keyed) => reports.find(isOf(key)),
    reportsOf: (key: Keyed) => reports.filter(isOf(key)),
    close: () => Promise.all(services.map((service) => service.close())),
  };
}

export type Neighbours = Awaited<ReturnType<typeof startNeighbours>>;
