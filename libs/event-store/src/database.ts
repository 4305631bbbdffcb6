import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';

import { ensureDatabase } from './ensure-database.js';

export interface DatabaseOptions {
  /** Name of the service; shows in `pg_stat_activity`. */
  readonly service: string;
  readonly url: string;
  readonly entities?: DataSourceOptions['entities'];
  readonly migrations?: readonly (new () => object)[];
}

const POOL_SIZE = 4;
const MIGRATION_LOCK = 'connections:migrate';

/** Creates the database where it is missing, runs the migrations under a lock, and opens the pool of 4. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  await ensureDatabase(options.url);
  const logger = new Logger(options.service);
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.service,
    entities: options.entities ?? [],
    migrations: [...(options.migrations ?? [])],
    synchronize: false,
    poolSize: POOL_SIZE,
    poolErrorHandler: (error: Error) => logger.warn(`database connection lost: ${error.message}`),
    connectTimeoutMS: 5_000,
    extra: {
      keepAlive: true,
      // A process frozen inside a transaction would keep the row locks that its stand-by needs.
      idle_in_transaction_session_timeout: 60_000,
    },
  });
  await dataSource.initialize();
  try {
    await migrate(dataSource, options.url);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

/** Processes of one service start together; the first migrates while the others wait. */
async function migrate(dataSource: DataSource, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [MIGRATION_LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await client.end();
  }
}
