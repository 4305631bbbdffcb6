import { connectors } from '@connections/connectors';
import { CatalogService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { EventStore, type CommandContext } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { cadenceDecider } from './cadence.decider.js';
import { presetOf } from './preset.js';
import { cadencesOf, knownConnector, storeCadence } from './stored-cadences.js';

const { listConnectorCadences, setConnectorCadence } = CatalogService.method;

@Controller()
export class CadenceCommands {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
  ) {}

  @RpcMethod(listConnectorCadences)
  async list(): Promise<RpcResponse<typeof listConnectorCadences>> {
    return { cadences: await cadencesOf(this.database.manager, connectors) };
  }

  @RpcMethod(setConnectorCadence)
  async set(
    { connectorType, interval, userId }: RpcRequest<typeof setConnectorCadence>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof setConnectorCadence>> {
    // What is wrong with a request is told before what it names is looked for.
    const preset = interval === undefined ? undefined : presetOf(interval);
    const definition = knownConnector(connectorType);
    const command = { connectorType, interval: preset, by: userId, now: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      const { version, events } = await tx.execute(cadenceDecider, connectorType, command);
      for (const event of events) await storeCadence(tx.manager, event);
      const [cadence] = await cadencesOf(tx.manager, [definition]);
      return { version, ...(cadence && { cadence }) };
    });
  }
}
