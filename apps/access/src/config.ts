import { DatabaseServiceConfig, loadConfig } from '@connections/platform';
import { IsInt, Max, Min } from 'class-validator';

export class AccessConfig extends DatabaseServiceConfig {
  /** Requests of one caller, over all gateways. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  rateLimitPerMinute: number = 600;
}

export const loadAccessConfig = (environment = process.env): AccessConfig =>
  loadConfig(AccessConfig, 'access', environment);
