import { Controller } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { gateOf, refusalOf } from '../access/gates.js';
import { ApiDocument } from '../document/api-document.js';
import { API, Operation, OPERATION, type OperationOptions } from './operation.js';
import { describeOperation, type OperationEntry } from './operation-list.js';
import { operationsSchema } from './operations.schema.js';

@ApiTags('operations')
@Controller(API)
export class OperationsController {
  private all: readonly { readonly options: OperationOptions; readonly entry: OperationEntry }[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly document: ApiDocument,
  ) {}

  @Operation({
    id: 'operations.list',
    method: 'GET',
    path: 'operations',
    scope: null,
    summary: 'What this caller can call, with input and output',
    answer: operationsSchema,
  })
  list(@TheCaller() caller: Caller): object {
    this.all ??= this.declared().map((options) => ({
      options,
      entry: describeOperation(options, this.document.get()),
    }));
    // By the very gates that a call meets.
    const callable = this.all.filter(({ options }) => !refusalOf(options.scope, gateOf(options), caller));
    return { operations: callable.map(({ entry }) => entry) };
  }

  private declared(): OperationOptions[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (!prototype) return [];
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = (prototype as Record<string, object>)[name];
        const options = handler && (Reflect.getMetadata(OPERATION, handler) as OperationOptions | undefined);
        // What the platform's staff does to all workspaces is no operation of one of them.
        return options && !options.platformRoles ? [options] : [];
      });
    });
  }
}
