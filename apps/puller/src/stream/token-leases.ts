import {
  createProviderHttp,
  type ConnectorDefinition,
  type ProviderFault,
  type ProviderHttp,
} from '@connections/connectors';
import { OauthService, type Plain, type PullSlice, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';
import { Pacer } from '../quota/pacer.js';
import { QuotaLeases } from '../quota/quota-leases.js';

/** A token is not used in its lease's last moments: a request takes time to arrive. */
const MARGIN_MS = 2_000;

/** The vault gives no token, for a reason that is a provider's or the credential's. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';

  constructor(readonly fault: ProviderFault) {
    super(`no token: ${fault.kind}`);
  }
}

/** Opens the credentials that slices work with. */
@Injectable()
export class TokenLeases {
  constructor(
    private readonly bus: Bus,
    private readonly quotas: QuotaLeases,
    private readonly pacer: Pacer,
  ) {}

  open(slice: Plain<PullSlice>, definition: ConnectorDefinition): TokenLease {
    return new TokenLease(this.bus, this.quotas, this.pacer, slice, definition);
  }
}

/** One slice's access to its provider. The token stays in here, and no longer than its lease. */
export class TokenLease {
  private readonly end = new AbortController();
  private current:
    { lease: RpcResponse<typeof OauthService.method.leaseToken>; http: ProviderHttp } | undefined;
  private leasing: Promise<ProviderHttp> | undefined;
  private asked = 0;
  /** Requests that left since the last page. */
  private paged = 0;

  constructor(
    private readonly bus: Bus,
    private readonly quotas: QuotaLeases,
    private readonly pacer: Pacer,
    private readonly slice: Plain<PullSlice>,
    private readonly definition: ConnectorDefinition,
  ) {}

  /** Throws {@link TokenRefused}, or DomainError `unavailable` when the vault is away. */
  async http(): Promise<ProviderHttp> {
    const expiresAt = this.current && Date.parse(this.current.lease.leaseExpiresAt);
    if (this.current && expiresAt! - MARGIN_MS > Date.now()) return this.current.http;
    // Asked for ahead and by the first page at once: one lease serves both.
    this.leasing ??= this.lease().finally(() => (this.leasing = undefined));
    return this.leasing;
  }

  /** The provider has refused the token of {@link http} with 401: asks for a newer one. Throws like it. */
  async refused(): Promise<ProviderHttp> {
    const version = this.current?.lease.version;
    this.current = undefined;
    return this.lease(version);
  }

  /** Provider requests since the last call. */
  takeRequests(): number {
    const asked = this.asked;
    this.asked = 0;
    return asked;
  }

  /** Before a page: throws ProviderError rate_limit when the account has no room for as many requests as the last one took. */
  makeRoom(): void {
    this.pacer.makeRoom(this.definition, this.slice.connectionId, Math.max(1, this.paged));
    this.paged = 0;
  }

  /** Ends what is in flight. */
  close(): void {
    this.current = undefined;
    this.end.abort();
  }

  private async lease(refusedVersion?: number): Promise<ProviderHttp> {
    const { workspaceId, credentialId } = this.slice;
    const vault = this.bus.rpc(OauthService, { workspaceId, actor: 'system:puller', timeoutMs: 20_000 });
    const lease = await vault.leaseToken({ workspaceId, credentialId, refusedVersion }).catch(refusal);
    const http = createProviderHttp({
      definition: this.definition,
      token: lease.token,
      ...(lease.baseUrl === undefined ? {} : { baseUrl: lease.baseUrl }),
      env: process.env,
      signal: this.end.signal,
      onRequest: () => this.asked++,
      admit: (path) => this.admit(path),
    });
    this.current = { lease, http };
    return http;
  }

  private async admit(path: string): Promise<void> {
    await this.pacer.take(this.definition, this.slice.connectionId, path, this.end.signal);
    await this.quotas.take(this.definition, this.slice.workspaceId, path);
    this.paged++;
  }
}

function refusal(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  switch (error.code) {
    case 'credentials_rejected':
    // Replaced or wiped meanwhile; sync knows whether the verdict still counts.
    case 'not_found':
      throw new TokenRefused({ kind: 'auth', note: error.code });
    case 'platform_credentials_rejected':
    case 'not_connectable':
      throw new TokenRefused({ kind: 'config', note: error.code });
    case 'provider_unavailable': {
      const seconds = Number(error.details?.['retry_after_s']);
      throw new TokenRefused({
        kind: 'transient',
        note: error.code,
        ...(Number.isFinite(seconds) ? { until: Date.now() + seconds * 1000 } : {}),
      });
    }
    default:
      throw error;
  }
}
