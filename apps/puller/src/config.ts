import { availableParallelism } from 'node:os';

import { categories } from '@connections/contracts';
import { DatabaseServiceConfig, loadConfig } from '@connections/platform';
import { IsIn, IsInt, Max, Min } from 'class-validator';

export class PullerConfig extends DatabaseServiceConfig {
  /** Whose work this process takes (`PULLER_CATEGORIES`, comma-separated); one deployment a category in production. */
  @IsIn(categories, { each: true })
  categories: string[] = [...categories];

  /**
   * Slices worked on at a time, for each category. By default two a core, four at least: with more, a flood of fast
   * answers keeps the cores so busy that whoever asks for little waits behind it (ADR 53). Raise it for slow providers.
   */
  @IsInt()
  @Min(1)
  @Max(64)
  slots: number = Math.max(4, 2 * availableParallelism());

  /** The most that is waited before a page is tried for the second time (ms); it doubles with each try, up to 8 times. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  retryMs = 250;
}

export const loadPullerConfig = (environment = process.env): PullerConfig =>
  loadConfig(PullerConfig, 'puller', environment);
