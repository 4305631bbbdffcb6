import { DatabaseServiceConfig, loadConfig } from '@connections/platform';

/** Which connectors can be connected is read from `<TYPE>_CLIENT_ID` and its kin, see `isConnectable`. */
export class CatalogConfig extends DatabaseServiceConfig {}

export const loadCatalogConfig = (environment = process.env): CatalogConfig =>
  loadConfig(CatalogConfig, 'catalog', environment);
