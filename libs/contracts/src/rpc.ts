import type { DescMethodUnary, DescService, MessageShape } from '@bufbuild/protobuf';

import type { Plain } from './plain.js';

/** The service that owns a proto file: the first part of its package (`connections.v1` → `connections`). */
export function ownerOf(descriptor: {
  readonly file: { readonly proto: { readonly package: string } };
}): string {
  return descriptor.file.proto.package.split('.')[0] ?? '';
}

/** `rpc.<service>.<Method>`; the queue group is the service. */
export function rpcSubject(method: DescMethodUnary): string {
  return `rpc.${ownerOf(method.parent)}.${method.name}`;
}

export type RpcRequest<Method extends DescMethodUnary> = Plain<MessageShape<Method['input']>>;
export type RpcResponse<Method extends DescMethodUnary> = Plain<MessageShape<Method['output']>>;

/** A proto service as callable functions of plain objects. */
export type RpcClient<Service extends DescService> = {
  readonly [Name in keyof Service['method']]: Service['method'][Name] extends DescMethodUnary
    ? (request: RpcRequest<Service['method'][Name]>) => Promise<RpcResponse<Service['method'][Name]>>
    : never;
};
