import { categories } from '@connections/contracts';
import { DatabaseServiceConfig, loadConfig } from '@connections/platform';
import { IsIn, IsInt, Max, Min } from 'class-validator';

export class PullerConfig extends DatabaseServiceConfig {
  /** Whose work this process takes (`PULLER_CATEGORIES`, comma-separated); one deployment a category in production. */
  @IsIn(categories, { each: true })
  categories: string[] = [...categories];

  /** Slices worked on at a time, for each category. */
  @IsInt()
  @Min(1)
  @Max(64)
  slots: number = 8;
}

export const loadPullerConfig = (environment = process.env): PullerConfig =>
  loadConfig(PullerConfig, 'puller', environment);
