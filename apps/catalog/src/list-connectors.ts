import { connectors } from '@connections/connectors';
import { CatalogService, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { entryOf } from './entry.js';

const { listConnectors } = CatalogService.method;

@Controller()
export class ListConnectors {
  /** Every entry, planned ones included, in the catalog's order. */
  @RpcMethod(listConnectors)
  list(): Promise<RpcResponse<typeof listConnectors>> {
    return Promise.resolve({ connectors: connectors.map((connector) => entryOf(connector, process.env)) });
  }
}
