import { DatabaseModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { recordStoreMigrations, RecordReader, RecordWriter, SliceResults } from '@connections/record-store';
import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PullerConfig } from './config.js';
import { Pacer } from './quota/pacer.js';
import { QuotaLeases } from './quota/quota-leases.js';
import { ForgetSlices } from './slice/forget-slices.js';
import { SliceConsumer } from './slice/slice.consumer.js';
import { SliceReports } from './slice/slice-reports.js';
import { SliceWorker } from './slice/slice-worker.js';
import { StoppedRuns } from './slice/stopped-runs.js';
import { PageFetcher } from './stream/page-fetcher.js';
import { StreamPuller } from './stream/stream-puller.js';
import { TokenLeases } from './stream/token-leases.js';

@Module({})
export class PullerModule {
  static with(config: PullerConfig): DynamicModule {
    return {
      module: PullerModule,
      imports: [
        DatabaseModule.forRoot({
          service: 'puller',
          url: config.databaseUrl,
          migrations: recordStoreMigrations,
        }),
        MessagingModule.forRoot({ service: 'puller', natsUrl: config.natsUrl }),
      ],
      providers: [
        { provide: PullerConfig, useValue: config },
        { provide: RecordWriter, inject: [DataSource], useFactory: (db: DataSource) => new RecordWriter(db) },
        { provide: SliceResults, inject: [DataSource], useFactory: (db: DataSource) => new SliceResults(db) },
        {
          provide: RecordReader,
          inject: [DataSource],
          useFactory: (db: DataSource) =>
            new RecordReader((sql, parameters) => db.query(sql, [...parameters])),
        },
        QuotaLeases,
        Pacer,
        TokenLeases,
        PageFetcher,
        StreamPuller,
        SliceReports,
        SliceWorker,
        StoppedRuns,
        SliceConsumer,
        ForgetSlices,
      ],
    };
  }
}
