import { DatabaseServiceConfig, loadConfig } from '@connections/platform';

export class AccessConfig extends DatabaseServiceConfig {}

export const loadAccessConfig = (environment = process.env): AccessConfig =>
  loadConfig(AccessConfig, 'access', environment);
