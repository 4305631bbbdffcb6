import { loadConfig, ServiceConfig } from '@connections/platform';
import { IsOptional, IsUrl, Matches } from 'class-validator';

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

  /** Under which clients reach the gateway, for MCP's check of hosts and origins; loopback names always count. */
  @IsOptional()
  @IsUrl({ require_tld: false }, { message: 'must be an http(s) URL' })
  publicUrl?: string;

  /** Origin of the web console. Unset: the gateway's own plain landing pages. */
  @IsOptional()
  @IsUrl({ require_tld: false }, { message: 'must be an http(s) URL' })
  consoleUrl?: string;
}

export const loadGatewayConfig = (): GatewayConfig => loadConfig(GatewayConfig, 'gateway');
