import { setTimeout as delay } from 'node:timers/promises';

import { namedBaseUrl, RefusedHost } from '@connections/connectors';
import { createLogger } from '@connections/platform';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Credential } from '../credential/credential.entity.js';
import { Providers, type ConnectorWith } from '../provider/providers.js';
import { TokenEndpoint, type TokenAnswer } from '../provider/token-endpoint.js';
import { TokenFault } from '../provider/token-fault.js';
import { unavailable } from '../provider/unavailable.js';
import { Vault, type OAuthTokens } from '../vault/vault.js';
import { credentialsRejected, platformRejected } from './refusals.js';
import { judgeFailure } from './refresh-outcome.js';
import { RefreshLock, type RefreshHold } from './refresh-lock.js';
import { SpareGrants } from './spare-grants.js';
import { tokenTimes } from './token-times.js';
import { Verdict } from './verdict.js';

/** Longest wait for another replica's refresh: its request is aborted at 15 s. */
const WAIT_MS = 20_000;
const POLL_MS = 100;

/** Refreshes OAuth tokens: one request at the provider per version, however many ask, on however many replicas. */
@Injectable()
export class Refresher implements BeforeApplicationShutdown {
  private readonly logger = createLogger('oauth');
  private readonly flights = new Map<string, Promise<void>>();

  constructor(
    private readonly database: DataSource,
    private readonly providers: Providers,
    private readonly endpoint: TokenEndpoint,
    private readonly vault: Vault,
    private readonly lock: RefreshLock,
    private readonly spares: SpareGrants,
    private readonly verdict: Verdict,
  ) {}

  /** A token that the provider has answered and nobody stored is lost: what is under way is waited for. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.flights.values());
  }

  /**
   * Resolves once the credential has moved on from `version`, by this replica's refresh or another's.
   * @throws DomainError credentials_rejected, platform_credentials_rejected, provider_unavailable
   */
  renew(credentialId: string, version: number): Promise<void> {
    const key = `${credentialId}:${version}`;
    const running = this.flights.get(key);
    if (running) return running;
    const flight = this.drive(credentialId, version).finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  private async drive(credentialId: string, version: number): Promise<void> {
    for (const deadline = Date.now() + WAIT_MS; ;) {
      const hold = await this.lock.acquire(credentialId, version);
      if (hold) return this.refresh(hold);
      const row = await this.database.manager.findOneBy(Credential, { id: credentialId });
      if (!row || row.version !== version || row.status === 'retired') return;
      const { name } = this.providers.connector(row.connectorType, 'oauth');
      if (row.status === 'rejected') throw credentialsRejected(name);
      const now = Date.now();
      const pausedUntil = Math.max(row.coolDownUntil?.getTime() ?? 0, row.verdictDueAt?.getTime() ?? 0);
      if (pausedUntil > now) {
        if (row.coolDownCode === 'platform_credentials_rejected') throw platformRejected(name);
        throw unavailable(name, pausedUntil - now);
      }
      if (row.verdictDueAt && (await this.verdict.reject(row))) throw credentialsRejected(name);
      if (now > deadline) throw unavailable(name, 5_000);
      await delay(POLL_MS);
    }
  }

  private async refresh(hold: RefreshHold): Promise<void> {
    const connector = this.providers.connector(hold.connectorType, 'oauth');
    const binding = { rowId: hold.credentialId, workspaceId: hold.workspaceId, kind: hold.kind };
    try {
      const held = this.vault.openTokens(binding, hold);
      const [answer, used] = await this.ask(connector, hold, held);
      // Rotation is the provider's choice: a refresh token that it did not replace stays good.
      const refreshToken = textOf(answer['refresh_token']) ?? used;
      const tokens: OAuthTokens = { accessToken: answer.access_token, refreshToken };
      const sealed = this.vault.sealTokens(binding, tokens);
      const kept = { ...tokenTimes(answer, Date.now()), baseUrl: this.baseUrlOf(connector, hold, answer) };
      if (await this.lock.store(hold, sealed, kept)) {
        if (used !== held.refreshToken) await this.spares.drop(hold);
        return;
      }
      this.logger.warn(
        { credentialId: hold.credentialId, version: hold.version },
        'Refreshed too late: kept beside',
      );
      await this.spares.keep(hold, tokens);
    } catch (error) {
      throw await this.settle(connector, hold, error);
    }
  }

  /** Accounts are moved. A base URL of somebody else's leaves the former in place: the tokens must be kept all the same. */
  private baseUrlOf(
    connector: ConnectorWith<'oauth'>,
    hold: RefreshHold,
    answer: TokenAnswer,
  ): string | undefined {
    try {
      return namedBaseUrl(connector, answer, this.providers.environment);
    } catch (error) {
      if (!(error instanceof RefusedHost)) throw error;
      const about = { credentialId: hold.credentialId, connectorType: connector.type };
      this.logger.error({ ...about, err: error }, 'A refresh named an undeclared base URL');
      return undefined;
    }
  }

  /** The provider's answer, and the refresh token that it accepted. */
  private async ask(
    connector: ConnectorWith<'oauth'>,
    hold: RefreshHold,
    held: OAuthTokens,
  ): Promise<[TokenAnswer, string]> {
    try {
      // Without one there is nothing to refresh with: the provider's refusal of the access token stands.
      if (!held.refreshToken) throw new TokenFault('grant_refused');
      return [await this.endpoint.refresh(connector, held.refreshToken), held.refreshToken];
    } catch (error) {
      if (!(error instanceof TokenFault) || error.kind !== 'grant_refused') throw error;
      const spare = (await this.spares.find(hold))?.refreshToken;
      if (!spare || spare === held.refreshToken) throw error;
      const answer = await this.endpoint.refresh(connector, spare);
      return [answer, spare];
    }
  }

  /** Writes down how a failed attempt ended, and says what its callers are to be told. */
  private async settle(
    connector: ConnectorWith<'oauth'>,
    hold: RefreshHold,
    error: unknown,
  ): Promise<unknown> {
    if (!(error instanceof TokenFault)) {
      await this.lock.release(hold, { coolDownMs: 5_000, code: 'provider_unavailable' });
      return error;
    }
    const failure = judgeFailure(error, {
      othersUnsettled: await this.lock.othersUnsettled(hold),
      elapsedMs: performance.now() - hold.startedAt,
      failures: hold.failures,
    });
    const about = { credentialId: hold.credentialId, version: hold.version, outcome: failure.kind };
    switch (failure.kind) {
      case 'verdict': {
        const row = { id: hold.credentialId, workspaceId: hold.workspaceId, version: hold.version };
        if (await this.verdict.reject(row, hold.holder)) return credentialsRejected(connector.name);
        // Another holder has moved on, or is about to: its answer is the one that counts.
        await this.lock.release(hold, {});
        return unavailable(connector.name, 1_000);
      }
      case 'suspect':
        await this.lock.release(hold, { verdictInMs: failure.verdictInMs });
        this.logger.warn(about, 'Refused after a holder vanished: waiting for it before a verdict');
        return unavailable(connector.name, failure.verdictInMs);
      case 'cool_down':
        await this.lock.release(hold, { coolDownMs: failure.forMs, code: failure.code });
        if (failure.code === 'provider_unavailable') return unavailable(connector.name, failure.forMs);
        this.logger.error(
          { ...about, alert: failure.code },
          'The provider refuses the platform’s own client',
        );
        return platformRejected(connector.name);
      default:
        return failure satisfies never;
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
