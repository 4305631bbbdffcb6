import { HealthRegistry } from '@connections/platform';
import {
  ActivityReader,
  ChangeReader,
  ConnectionNames,
  ConnectionReader,
  openReaderPool,
  RunReader,
  VersionReader,
  type ConnectorFacts,
} from '@connections/read-model';
import { openRecordReader, type OpenRecordReader } from '@connections/record-store';
import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';

import { CatalogClient } from '../catalog/catalog-client.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { RecordedProgress } from './recorded-progress.js';
import { Reads } from './reads.js';
import { Visibility } from './visibility.js';

/** The pool of the projection's database, and a small one of the record store's. */
export class ViewPool {
  readonly pool: pg.Pool;

  /** What running runs have written meanwhile. */
  readonly progress: RecordedProgress;
  private readonly records: OpenRecordReader;

  constructor(url: string, recordsUrl: string) {
    this.pool = openReaderPool(url);
    this.records = openRecordReader(recordsUrl, { poolSize: 2 });
    this.progress = new RecordedProgress(this.records.progress);
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.records.close()]);
  }
}

/** Everything that reads the read model. */
@Global()
@Module({})
export class ReadingModule implements OnApplicationShutdown {
  constructor(
    private readonly views: ViewPool,
    health: HealthRegistry,
  ) {
    health.register('read model', async () => void (await views.pool.query('select 1')));
  }

  static with(projectionDatabaseUrl: string, pullerDatabaseUrl: string): DynamicModule {
    return {
      module: ReadingModule,
      imports: [CatalogModule],
      providers: [
        { provide: ViewPool, useFactory: () => new ViewPool(projectionDatabaseUrl, pullerDatabaseUrl) },
        {
          provide: VersionReader,
          useFactory: ({ pool }: ViewPool) => new VersionReader(pool),
          inject: [ViewPool],
        },
        {
          provide: ConnectionReader,
          useFactory: ({ pool, progress }: ViewPool, facts: ConnectorFacts) =>
            new ConnectionReader(pool, facts, progress),
          inject: [ViewPool, CatalogClient],
        },
        {
          provide: ChangeReader,
          useFactory: ({ pool }: ViewPool) => new ChangeReader(pool),
          inject: [ViewPool],
        },
        {
          provide: RunReader,
          useFactory: ({ pool, progress }: ViewPool) => new RunReader(pool, progress),
          inject: [ViewPool],
        },
        {
          provide: ConnectionNames,
          useFactory: ({ pool }: ViewPool) => new ConnectionNames(pool),
          inject: [ViewPool],
        },
        {
          provide: ActivityReader,
          useFactory: ({ pool }: ViewPool, facts: ConnectorFacts) => new ActivityReader(pool, facts),
          inject: [ViewPool, CatalogClient],
        },
        { provide: Reads, useFactory: (reader: VersionReader) => new Reads(reader), inject: [VersionReader] },
        {
          provide: Visibility,
          useFactory: (reader: VersionReader) => new Visibility(reader),
          inject: [VersionReader],
        },
      ],
      exports: [
        VersionReader,
        ChangeReader,
        ConnectionNames,
        ConnectionReader,
        RunReader,
        ActivityReader,
        Reads,
        Visibility,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.views.close();
  }
}
