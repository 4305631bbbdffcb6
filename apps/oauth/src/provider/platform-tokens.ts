import { createHash } from 'node:crypto';

import { setting } from '@connections/connectors';
import { DomainError } from '@connections/event-sourcing';
import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';

import { Providers, type ConnectorWith } from './providers.js';
import { TokenEndpoint, type TokenAnswer } from './token-endpoint.js';
import { TokenFault } from './token-fault.js';
import { unavailable } from './unavailable.js';

export interface PlatformToken {
  readonly token: string;
  /** Derived from the token: the same on every replica, another when the operator or provider replaces it. */
  readonly version: number;
}

/** An operator is told so many days before the platform's own grant ends. */
const WARN_DAYS = 30;

/**
 * The platform's own tokens, by which handle connectors are read. A refused one is the operator's to mend:
 * it is logged as an error and refused as `platform_credentials_rejected`, never blamed on a customer.
 */
@Injectable()
export class PlatformTokens {
  private readonly logger = createLogger('oauth');
  private readonly minted = new Map<string, Promise<string>>();

  constructor(
    private readonly providers: Providers,
    private readonly endpoint: TokenEndpoint,
  ) {}

  /**
   * @param refusedVersion the version that the provider has just refused with 401
   * @throws DomainError platform_credentials_rejected, provider_unavailable, not_connectable
   */
  async current(connector: ConnectorWith<'handle'>, refusedVersion?: number): Promise<PlatformToken> {
    const token = versioned(await this.token(connector));
    if (token.version !== refusedVersion) return token;
    this.minted.delete(connector.type);
    const renewed = versioned(await this.token(connector));
    if (renewed.version !== refusedVersion) return renewed;
    throw this.rejected(connector.type);
  }

  private async token(connector: ConnectorWith<'handle'>): Promise<string> {
    const given = setting(connector.type, 'BEARER_TOKEN', this.providers.environment);
    if (given) return given;
    const url = connector.auth.platformTokenUrl;
    if (!url)
      throw new DomainError('not_connectable', `${connector.name} is not configured on this platform.`);
    let minting = this.minted.get(connector.type);
    if (!minting) {
      minting = this.mint(connector, url);
      this.minted.set(connector.type, minting);
      // A failure is not kept: the next caller asks anew.
      minting.catch(() => this.minted.delete(connector.type));
    }
    try {
      return await minting;
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error;
      if (error.kind === 'client_refused' || error.kind === 'grant_refused')
        throw this.rejected(connector.type);
      throw unavailable(connector.name, error.retryAfterMs);
    }
  }

  private async mint(connector: ConnectorWith<'handle'>, url: string): Promise<string> {
    const granted = connector.auth.platformGrant === 'refresh_token';
    const refreshToken = granted
      ? setting(connector.type, 'REFRESH_TOKEN', this.providers.environment)
      : undefined;
    if (granted && !refreshToken)
      throw new DomainError('not_connectable', `${connector.name} is not configured on this platform.`);
    const answer = await this.endpoint.platformToken(connector, url, refreshToken);
    this.warnOfEnd(connector.type, answer);
    return answer.access_token;
  }

  /** Refreshing does not extend such a grant: somebody has to sign in anew before it ends. */
  private warnOfEnd(connectorType: string, answer: TokenAnswer): void {
    const days = Math.floor(Number(answer['refresh_token_expires_in']) / 86_400);
    if (!(days < WARN_DAYS)) return;
    this.logger.error(
      { connectorType, days, alert: 'platform_credentials_expire' },
      'The platform’s own grant at the provider ends soon: approve it anew and replace it',
    );
  }

  private rejected(connectorType: string): DomainError {
    this.logger.error(
      { connectorType, alert: 'platform_credentials_rejected' },
      'The provider refuses the platform’s own credential: replace it',
    );
    return new DomainError(
      'platform_credentials_rejected',
      'The platform’s own access to this provider is refused.',
      {
        connector_type: connectorType,
      },
    );
  }
}

function versioned(token: string): PlatformToken {
  return { token, version: createHash('sha256').update(token).digest().readUInt32BE(0) };
}
