import type { AccessService, ConsoleSession, Plain, RpcResponse } from '@connections/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Credential } from './credential.js';

/** Who asks: a member of a workspace by one of their keys or in the console, with the scopes that hold now. */
export interface Caller extends RpcResponse<typeof AccessService.method.authenticate> {
  /** In the console only; `keyId` is empty then. */
  readonly session?: Plain<ConsoleSession>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of `/api/` runs; null on public routes. */
    caller: Caller | null;
    /** By what the caller is known; null where there is none. */
    credential: Credential | null;
  }
}

/** The caller of an operation; the guard has made sure that there is one. */
export const TheCaller = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().caller,
);
