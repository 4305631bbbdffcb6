import { DatabaseServiceConfig, loadConfig } from '@connections/platform';

export class SyncConfig extends DatabaseServiceConfig {}

export const loadSyncConfig = (): SyncConfig => loadConfig(SyncConfig, 'sync');
