import { HealthRegistry } from '@connections/platform';
import {
  openRecordReader,
  RecordReader,
  SocialReader,
  type OpenRecordReader,
} from '@connections/record-store';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';

import { SocialController } from '../social/social.controller.js';
import { RecordsController } from './records.controller.js';
import { StreamsController } from './streams.controller.js';

const OPEN_READER = Symbol('OpenRecordReader');

/** Everything that reads the record store. */
@Module({})
export class RecordsModule implements OnApplicationShutdown {
  constructor(
    @Inject(OPEN_READER) private readonly open: OpenRecordReader,
    health: HealthRegistry,
  ) {
    // An id that no connection has: the table answers, and that is all that is asked.
    health.register('record store', async () => void (await open.reader.counts(NOBODY)));
  }

  static with(pullerDatabaseUrl: string): DynamicModule {
    return {
      module: RecordsModule,
      controllers: [RecordsController, StreamsController, SocialController],
      providers: [
        { provide: OPEN_READER, useFactory: () => openRecordReader(pullerDatabaseUrl) },
        {
          provide: RecordReader,
          useFactory: ({ reader }: OpenRecordReader) => reader,
          inject: [OPEN_READER],
        },
        {
          provide: SocialReader,
          useFactory: ({ social }: OpenRecordReader) => social,
          inject: [OPEN_READER],
        },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.open.close();
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
