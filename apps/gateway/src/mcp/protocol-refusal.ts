import { DomainError } from '@connections/event-sourcing';
import { createLogger } from '@connections/platform';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import { isReadAway } from '../refusal/database-away.js';
import { internal, notFound, timedOut, unavailable } from '../refusal/refusals.js';

const logger = createLogger('gateway');

/** What the caller sent is at fault, as opposed to us or a part of us that is away. */
const CALLERS_FAULT = new Set(['invalid_request']);

/** Says a refusal as a JSON-RPC error, in the words of REST. */
export function protocolRefusal(thrown: unknown): ProtocolError {
  const refusal = domainErrorOf(thrown);
  // One error for an id of another workspace, of nobody, and for what is no id: without the URI it is the same bytes.
  if (refusal.code === 'not_found') {
    return new ProtocolError(ProtocolErrorCode.ResourceNotFound, notFound().message);
  }
  const code = CALLERS_FAULT.has(refusal.code)
    ? ProtocolErrorCode.InvalidParams
    : ProtocolErrorCode.InternalError;
  return new ProtocolError(code, refusal.message, { code: refusal.code, ...refusal.details });
}

function domainErrorOf(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) {
    if (thrown.code === 'timeout') return timedOut();
    return thrown.code === 'unavailable' ? unavailable() : thrown;
  }
  if (isReadAway(thrown)) return unavailable();
  logger.error({ err: thrown }, 'Unexpected');
  return internal();
}
