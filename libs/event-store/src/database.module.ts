import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';

import { openDatabase, type DatabaseOptions } from './database.js';
import { CreateInbox1700000000000 } from './migrations/create-inbox.js';
import { Session } from './session.js';

/** Closes the database after everything that uses it has stopped (`beforeApplicationShutdown` and `onModuleDestroy`). */
@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(Session) private readonly session: Session,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.session.stop();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** A service's database: `DataSource` (pool of 4, migrated) and `Session` (one connection, for advisory locks). */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    const migrations = [CreateInbox1700000000000, ...(options.migrations ?? [])];
    return {
      module: DatabaseModule,
      providers: [
        { provide: DataSource, useFactory: () => openDatabase({ ...options, migrations }) },
        {
          provide: Session,
          // After the data source: the session's tables come with its migrations.
          inject: [DataSource],
          useFactory: async () => {
            const session = new Session(options.url, `${options.service} session`);
            await session.start();
            return session;
          },
        },
        DatabaseShutdown,
      ],
      exports: [DataSource, Session],
    };
  }
}
