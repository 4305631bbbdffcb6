import { DatabaseServiceConfig, loadConfig } from '@connections/platform';
import { IsInt, Min } from 'class-validator';

export class ConnectionsConfig extends DatabaseServiceConfig {
  /** Hours after which a row that was never approved is discarded, counted from its last authorize URL. */
  @IsInt()
  @Min(1)
  discardAfterHours: number = 24;
}

export const loadConnectionsConfig = (): ConnectionsConfig => loadConfig(ConnectionsConfig, 'connections');
