import type { DescMethod, DescMethodUnary, DescService } from '@bufbuild/protobuf';
import {
  decode,
  encode,
  rpcSubject,
  type RpcClient,
  type RpcRequest,
  type RpcResponse,
} from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { errors, type Msg } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';

import type { Bus, CallContext } from '../bus.js';
import { injectTrace, inSpan } from '../tracing.js';
import { contextHeaders, REFUSED } from './headers.js';

const TIMEOUT_MS = 5_000;

export function rpcClient<Service extends DescService>(
  bus: Bus,
  service: Service,
  context: CallContext,
): RpcClient<Service> {
  const methods = Object.entries(service.method as Record<string, DescMethod>).map(([name, method]) => {
    const unary = method as DescMethodUnary;
    const call = (request: RpcRequest<DescMethodUnary>) =>
      callMethod(bus, rpcSubject(unary), unary, request, context);
    return [name, call] as const;
  });
  return Object.fromEntries(methods) as unknown as RpcClient<Service>;
}

export async function callMethod<Method extends DescMethodUnary>(
  bus: Bus,
  subject: string,
  method: Method,
  request: RpcRequest<Method>,
  { timeoutMs = TIMEOUT_MS, ...context }: CallContext,
): Promise<RpcResponse<Method>> {
  const name = subject.slice('rpc.'.length);
  const attributes = { 'rpc.system': 'nats', 'rpc.method': name, 'messaging.destination.name': subject };
  return inSpan(`rpc ${name}`, { service: bus.service, kind: SpanKind.CLIENT, attributes }, async () => {
    const payload = JSON.stringify(encode(method.input, request));
    // Requests made while disconnected would be held back and sent when nobody waits for them any more.
    if (!bus.isConnected()) throw unavailable(name);
    const headers = injectTrace(contextHeaders(bus.service, context));
    let answer: Msg;
    try {
      answer = await bus.connection.request(subject, payload, { timeout: timeoutMs, headers });
    } catch (error) {
      // Silence of one who heard the request, as opposed to nobody there, or a broker lost on the way.
      if (isTimeout(error) && bus.isConnected()) throw timedOut(name, error);
      throw unavailable(name, error);
    }
    if (answer.headers?.get(REFUSED)) throw refusal(answer);
    return decode(method.output, answer.json()) as RpcResponse<Method>;
  });
}

const isTimeout = (error: unknown): boolean =>
  error instanceof errors.TimeoutError || (error as Error | null)?.cause instanceof errors.TimeoutError;

const unavailable = (name: string, cause?: unknown): DomainError =>
  unanswered('unavailable', 'A part of the system does not answer. Try again.', name, cause);

const timedOut = (name: string, cause: unknown): DomainError =>
  unanswered('timeout', 'A part of the system did not answer in time. It may have been done.', name, cause);

function unanswered(code: string, message: string, name: string, cause: unknown): DomainError {
  const service = name.split('.')[0] ?? '';
  const error = new DomainError(code, message, { service });
  error.cause = cause;
  return error;
}

function refusal(answer: Msg): DomainError {
  const { code, message, details } = answer.json<{
    code: string;
    message: string;
    details?: Record<string, unknown>;
  }>();
  return new DomainError(code, message, details);
}
