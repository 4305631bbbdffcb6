import { DomainError } from '@connections/event-sourcing';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../access/caller.js';
import { platformRefusal } from '../admin/platform-gate.js';
import { gateOf, refusalOf } from '../access/gates.js';
import { Idempotency, isRepeatable } from '../idempotency/idempotency.js';
import { OPERATION, type OperationOptions } from './operation.js';
import { invalidRequest } from '../refusal/refusals.js';
import { Nothing, shapeBody, shapeQuery } from './request-shape.js';

/**
 * What every operation has in common, in the contract's order: app, surface and scope (403), whether it was asked before,
 * then query and body (400).
 */
@Injectable()
export class OperationGuard implements CanActivate {
  constructor(private readonly idempotency: Idempotency) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const operation = Reflect.getMetadata(OPERATION, context.getHandler()) as OperationOptions | undefined;
    if (!operation) return true; // health, landing pages, the callback: public by design
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { caller } = request;
    admit(operation, caller);
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !isRepeatable(operation)) return shape(operation, request);
    return this.idempotency.begin(request, caller, key).then(() => shape(operation, request));
  }
}

/** Reads query and body into the operation's DTOs; names every fault. */
function shape(operation: OperationOptions, request: FastifyRequest): true {
  const query = shapeQuery(operation.query ?? Nothing, request.query as object);
  const body = operation.method === 'GET' ? undefined : shapeBody(operation.body ?? Nothing, request.body);
  const faults = [...query.faults, ...(body?.faults ?? [])];
  if (faults.length > 0) throw invalidRequest(faults);
  request.query = query.value;
  if (body) request.body = body.value;
  return true;
}

/** Refuses a caller who may not call the operation. */
export function admit(operation: OperationOptions, caller: Caller | null): asserts caller is Caller {
  if (!caller)
    throw new DomainError('unauthenticated', 'Send an API key as X-API-Key or Authorization: Bearer.');
  const refusal =
    platformRefusal(operation.platformRoles, caller) ?? refusalOf(operation.scope, gateOf(operation), caller);
  if (refusal) throw refusal;
}
