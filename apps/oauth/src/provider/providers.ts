import {
  authBaseUrl,
  createProviderHttp,
  findConnector,
  setting,
  type ConnectorDefinition,
  type Environment,
  type ProviderHttp,
} from '@connections/connectors';
import { DomainError } from '@connections/event-sourcing';
import { Inject, Injectable } from '@nestjs/common';

export const ENVIRONMENT = Symbol('environment');

/** Aborts after this long: a provider that hangs must not hold a caller, or a refresh's lock, beyond its time. */
export const PROVIDER_TIMEOUT_MS = 15_000;

/** Credentials of the platform's own app at a provider. */
export interface PlatformClient {
  readonly id: string;
  readonly secret: string;
  readonly authBaseUrl: string;
}

type Auth = ConnectorDefinition['auth'];
export type ConnectorWith<Method extends Auth['method']> = ConnectorDefinition & {
  readonly auth: Extract<Auth, { method: Method }>;
};

/** The connectors as the vault uses them: their definitions, the platform's credentials, and HTTP. */
@Injectable()
export class Providers {
  constructor(@Inject(ENVIRONMENT) readonly environment: Environment) {}

  /** @throws DomainError unknown_connector, not_connectable */
  connector<Method extends Auth['method']>(type: string, method: Method): ConnectorWith<Method> {
    const definition = findConnector(type);
    if (!definition) throw new DomainError('unknown_connector', `There is no connector ${type}.`);
    if (!definition.api || definition.auth.method !== method) {
      throw new DomainError('not_connectable', `${definition.name} cannot be connected this way.`);
    }
    return definition as ConnectorWith<Method>;
  }

  /** @throws DomainError not_connectable when the operator has not configured the platform's app */
  client(connector: ConnectorWith<'oauth'> | ConnectorWith<'handle'>): PlatformClient {
    const id = setting(connector.type, 'CLIENT_ID', this.environment);
    const secret = setting(connector.type, 'CLIENT_SECRET', this.environment);
    const base = authBaseUrl(connector, this.environment);
    if (!id || !secret || !base) {
      throw new DomainError('not_connectable', `${connector.name} is not configured on this platform.`);
    }
    return { id, secret, authBaseUrl: base };
  }

  /** HTTP with this credential; `admit` is awaited before each request. Given up after {@link PROVIDER_TIMEOUT_MS}. */
  http(
    definition: ConnectorDefinition,
    token: string,
    baseUrl?: string,
    admit?: (path: string) => Promise<void>,
  ): ProviderHttp {
    return createProviderHttp({
      definition,
      token,
      env: this.environment,
      signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(admit === undefined ? {} : { admit }),
    });
  }
}
