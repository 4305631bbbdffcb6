import { IsWebAddress, loadConfig, ServiceConfig } from '@connections/platform';
import { IsInt, IsOptional, IsString, Matches, Max, Min, ValidateIf } from 'class-validator';

import { IsOrigins } from './browser/origins.js';
import { BUILT_CONSOLE } from './console/console-files.js';
import { IsIssuer } from './sign-in/issuer.js';

const POSTGRES = /^postgres(ql)?:\/\//;
const POSTGRES_MESSAGE = { message: 'must be a URL such as postgres://user:password@host:5432/name' };

export class GatewayConfig extends ServiceConfig {
  override port: number = 3000;

  /** The projection's database, read through a role that can only read. */
  @Matches(POSTGRES, POSTGRES_MESSAGE)
  projectionDatabaseUrl: string;

  /** The record store's database (the pullers'), read the same way; may be a replica. */
  @Matches(POSTGRES, POSTGRES_MESSAGE)
  pullerDatabaseUrl: string;

  /** Under which clients reach the gateway: for sign-in, and MCP's check of hosts and origins; loopback names always count. */
  @IsOptional()
  @IsWebAddress()
  publicUrl?: string;

  /** Exact origins whose pages may call the API; none by default. */
  @IsOrigins()
  corsOrigins: string[] = [];

  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; none by default. */
  @Matches(/^[0-9a-f.:/]+$|^(loopback|linklocal|uniquelocal)$/i, {
    each: true,
    message: 'must be addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal',
  })
  trustedProxies: string[] = [];

  /** Requests without a valid credential that one address may make. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  strangerLimitPerMinute: number = 300;

  /** Live streams that one caller may hold open on one gateway. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  streamsPerCaller: number = 20;

  /** Origin of a web console that is served elsewhere. Unset: the gateway serves it itself. */
  @IsOptional()
  @IsWebAddress()
  consoleUrl?: string;

  /** Folder of the console's build. */
  @IsString()
  consoleDir: string = BUILT_CONSOLE;

  /** Where a trace is shown, with `{trace_id}` in the place of its id; the console then links trace ids there. */
  @IsOptional()
  @Matches(/^https?:\/\/.*\{trace_id\}/, {
    message: 'must be a URL with {trace_id} in it, such as https://tempo.example/trace/{trace_id}',
  })
  traceUrlTemplate?: string;

  /** OpenID provider of console sessions. Unset: nobody can sign in, API keys work. */
  @IsOptional()
  @IsIssuer()
  oidcIssuer?: string;

  @ValidateIf(({ oidcIssuer }: GatewayConfig) => oidcIssuer !== undefined)
  @IsString({ message: 'must be set beside OIDC_ISSUER' })
  oidcClientId?: string;

  @ValidateIf(({ oidcIssuer }: GatewayConfig) => oidcIssuer !== undefined)
  @IsString({ message: 'must be set beside OIDC_ISSUER' })
  oidcClientSecret?: string;
}

export const loadGatewayConfig = (environment = process.env): GatewayConfig =>
  loadConfig(GatewayConfig, 'gateway', environment);
