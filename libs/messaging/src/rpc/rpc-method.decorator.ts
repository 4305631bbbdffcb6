import type { DescMethodUnary } from '@bufbuild/protobuf';
import { rpcSubject } from '@connections/contracts';
import { applyDecorators, UseFilters } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';

import { PassErrorsOn } from '../pass-errors-on.filter.js';

/**
 * Answers an RPC. The method takes the plain request and the `CommandContext`, and returns the plain answer.
 * A `DomainError` travels back as it is; any other error becomes `internal`, without its text.
 */
export function RpcMethod(method: DescMethodUnary): MethodDecorator {
  return applyDecorators(
    MessagePattern(rpcSubject(method), { rpc: method }),
    UseFilters(PassErrorsOn),
    passArguments,
  );
}

/** Without these Nest hands a message handler its first argument only. */
export const passArguments: MethodDecorator = (target, key) => {
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
};
