import { ConnectionsService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { EventStore, EventStoreModule, type CommandContext } from '@connections/event-store';
import { Controller, Module, type DynamicModule } from '@nestjs/common';

import { MessagingModule, RpcMethod, type StreamLimits } from '../src/index.js';
import { renamingDecider } from './renaming.js';

type Update = (typeof ConnectionsService)['method']['update'];

/** Stands for a service that owns events: `Update` renames, `Pause` fails in the ways a handler can. */
@Controller()
export class OwnerCommands {
  constructor(private readonly store: EventStore) {}

  @RpcMethod(ConnectionsService.method.update)
  rename(request: RpcRequest<Update>, context: CommandContext): Promise<RpcResponse<Update>> {
    return this.store.command(context, async (tx) => {
      const name = request.name ?? '';
      const command = { type: 'Rename' as const, data: { name } };
      const { version } = await tx.execute(renamingDecider, request.connectionId, command);
      return { version, connectorType: '', name };
    });
  }

  @RpcMethod(ConnectionsService.method.pause)
  async fail({ connectionId }: { connectionId: string }): Promise<never> {
    if (connectionId === 'refused') {
      throw new DomainError('invalid_state', 'Not now.', { status: 'paused' });
    }
    throw new Error('SELECT secret FROM vault');
  }

  @RpcMethod(ConnectionsService.method.resume)
  async echo(_request: unknown, context: CommandContext): Promise<{ version: number; status: string }> {
    return { version: 1, status: JSON.stringify(context) };
  }
}

export interface PartOptions {
  readonly url: string;
  readonly natsUrl: string;
  readonly limits?: StreamLimits;
}

@Module({})
export class OwnerModule {
  static with({ url, natsUrl, limits }: PartOptions): DynamicModule {
    return {
      module: OwnerModule,
      imports: [
        EventStoreModule.forRoot({ service: 'connections', url }),
        MessagingModule.forRoot({ service: 'connections', natsUrl, limits }),
      ],
      controllers: [OwnerCommands],
    };
  }
}
