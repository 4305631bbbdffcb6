import { DomainError } from '@connections/event-sourcing';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../access/caller.js';
import { gateOf, refusalOf } from '../access/gates.js';
import { OPERATION, type OperationOptions } from './operation.js';
import { invalidRequest } from './refusals.js';
import { Nothing, shapeBody, shapeQuery } from './request-shape.js';

/** What every operation has in common, in the contract's order: app, surface and scope (403), then query and body (400). */
export class OperationGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const operation = Reflect.getMetadata(OPERATION, context.getHandler()) as OperationOptions | undefined;
    if (!operation) return true; // health, landing pages, the callback: public by design
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    admit(operation, request.caller);
    const query = shapeQuery(operation.query ?? Nothing, request.query as object);
    const body = operation.method === 'GET' ? undefined : shapeBody(operation.body ?? Nothing, request.body);
    const faults = [...query.faults, ...(body?.faults ?? [])];
    if (faults.length > 0) throw invalidRequest(faults);
    request.query = query.value;
    if (body) request.body = body.value;
    return true;
  }
}

/** Refuses a caller who may not call the operation. */
export function admit(operation: OperationOptions, caller: Caller | null): asserts caller is Caller {
  if (!caller)
    throw new DomainError('unauthenticated', 'Send an API key as X-API-Key or Authorization: Bearer.');
  const refusal = refusalOf(operation.scope, gateOf(operation), caller);
  if (refusal) throw refusal;
}
