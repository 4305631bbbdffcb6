import { DatabaseServiceConfig, loadConfig } from '@connections/platform';
import { IsInt, Max, Min } from 'class-validator';

const DAY_S = 24 * 60 * 60;

export class AccessConfig extends DatabaseServiceConfig {
  /** Requests of one caller, over all gateways. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  rateLimitPerMinute: number = 600;

  /** Seconds without a request after which a console session ends. */
  @IsInt()
  @Min(60)
  @Max(30 * DAY_S)
  sessionIdleS: number = 2 * 60 * 60;

  /** Seconds after which a console session ends, however busy it is. */
  @IsInt()
  @Min(60)
  @Max(90 * DAY_S)
  sessionLifetimeS: number = DAY_S;

  /** Seconds after which a console session gets another token. */
  @IsInt()
  @Min(60)
  @Max(30 * DAY_S)
  sessionRotationS: number = 15 * 60;
}

export const loadAccessConfig = (environment = process.env): AccessConfig =>
  loadConfig(AccessConfig, 'access', environment);
