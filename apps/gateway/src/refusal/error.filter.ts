import { DomainError } from '@connections/event-sourcing';
import { createLogger, type Logger } from '@connections/platform';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { isReadAway } from './database-away.js';
import { Replay, sendReplay } from '../idempotency/replay.js';
import { internal, notFound, platformRefused, timedOut, unavailable } from './refusals.js';
import { statusOfCode } from './status-of-code.js';

const RETRY_AFTER_S = 1;

/** Turns whatever was thrown, by us, Nest or Fastify, into the one error envelope. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger: Logger = createLogger('gateway');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (thrown instanceof Replay) sendReplay(reply, thrown);
    else sendError(reply, this.refusal(thrown));
  }

  private refusal(thrown: unknown): DomainError {
    if (thrown instanceof DomainError) {
      // In these words and no others, whichever service could not find it.
      if (thrown.code === 'not_found') return notFound();
      // Which part is away is for the log: callers can do nothing with its name.
      if (thrown.code === 'unavailable' || thrown.code === 'timeout') {
        this.logger.warn({ err: thrown, part: thrown.details?.service }, 'A part is away');
        return thrown.code === 'timeout' ? timedOut() : unavailable();
      }
      if (thrown.code === 'platform_credentials_rejected') return platformRefused();
      if (thrown.code in statusOfCode) return thrown;
      this.logger.error({ err: thrown, code: thrown.code }, 'A refusal that has no HTTP status');
      return internal();
    }
    if (isReadAway(thrown)) {
      this.logger.warn({ err: thrown }, 'Database away');
      return unavailable();
    }
    const status =
      thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number }).statusCode;
    switch (status) {
      case 404:
        return notFound();
      case 413:
        return new DomainError('payload_too_large', 'The body is larger than 64 KiB. Send less.');
      case 415:
        return new DomainError(
          'unsupported_media_type',
          'Send the body as JSON, with Content-Type: application/json.',
        );
      case 400:
        return new DomainError(
          'invalid_request',
          'The request could not be read. Check its URL, headers and length.',
        );
    }
    this.logger.error({ err: thrown }, 'Unexpected');
    return internal();
  }
}

/** Writes the envelope with the headers that belong to its status. */
export function sendError(reply: FastifyReply, { code, message, details }: DomainError): void {
  const retryAfter = details?.retry_after_s;
  let status = statusOfCode[code] ?? 500;
  // The provider throttles us: the caller can do nothing but wait as well.
  if (code === 'provider_unavailable' && typeof retryAfter === 'number') status = 503;
  if (status === 503 || status === 429)
    reply.header('Retry-After', typeof retryAfter === 'number' ? Math.ceil(retryAfter) : RETRY_AFTER_S);
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
  void reply
    .status(status)
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ error: { code, message, ...(details && { details }) } }));
}
