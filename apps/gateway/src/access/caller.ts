import { AccessService, type RpcResponse } from '@connections/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who asks: a member of a workspace by one of their keys, with the scopes that hold now. */
export type Caller = RpcResponse<typeof AccessService.method.authenticate>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of `/api/` runs; null on public routes. */
    caller: Caller | null;
  }
}

/** The caller of an operation; the guard has made sure that there is one. */
export const TheCaller = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().caller,
);
