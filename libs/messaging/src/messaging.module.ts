import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';

import { Bus } from './bus.js';
import { EventsTransport, STREAM_LIMITS } from './events-transport.js';
import { WorkQueue } from './queue/work-queue.js';
import type { StreamLimits } from './topology.js';

export interface MessagingOptions {
  /** Name of the service: its part of RPC subjects, its queue group, and what its durables begin with. */
  readonly service: string;
  /** One URL, or several with commas between. */
  readonly natsUrl: string;
  readonly limits?: StreamLimits;
}

/** After the transports are closed and before nothing can be said any more. */
@Injectable()
class BusShutdown implements OnApplicationShutdown {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    private readonly queue: WorkQueue,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.stop();
    await this.bus.close();
  }
}

/** `Bus`, `WorkQueue`, and `EventsTransport` to connect as the application's microservice. */
@Global()
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        { provide: Bus, useFactory: () => Bus.connect(options.service, options.natsUrl) },
        { provide: STREAM_LIMITS, useValue: options.limits ?? {} },
        WorkQueue,
        EventsTransport,
        BusShutdown,
      ],
      exports: [Bus, WorkQueue, EventsTransport],
    };
  }
}
