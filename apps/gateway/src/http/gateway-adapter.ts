import { FastifyAdapter } from '@nestjs/platform-fastify';
import { errorCodes as FastifyErrors, type onRequestHookHandler } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { requestId } from './cheap-ids.js';
import { decodablePath } from '../routing/decodable-path.js';
import { refuseUnparsable } from './unparsable-request.js';

const BODY_LIMIT = 64 * 1024;
/** For a request to arrive whole. Fastify's own is none: a body sent by the byte would hold its connection for ever. */
const REQUEST_TIMEOUT_MS = 30_000;
/** As long as Node lets a whole head be: what is longer than an id is not found, like any other that is none. */
const MOST_OF_A_PATH = 16 * 1024;
/** Deeper than any body that is asked for. What walks a value by calling itself runs out of stack at some thousands. */
const DEEPEST = 1000;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** A body that is no JSON, or nested without end. Kept instead of thrown: scopes are refused before bodies are. */
export class MalformedBody {}

/** Fastify with this API's manners: bodies of 64 KiB at most, JSON only, request ids. */
export class GatewayAdapter extends FastifyAdapter {
  /** `trustedProxies`: whose word is taken for a client's address. */
  constructor(trustedProxies: readonly string[] = []) {
    super({
      bodyLimit: BODY_LIMIT,
      clientErrorHandler: refuseUnparsable,
      genReqId: givenOrOwn,
      requestIdHeader: false,
      requestTimeout: REQUEST_TIMEOUT_MS,
      rewriteUrl: ({ url }: IncomingMessage) => decodablePath(url ?? '/'),
      routerOptions: { maxParamLength: MOST_OF_A_PATH },
      skipMiddie: true,
      trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    });
  }

  /** Instead of Nest's parsers, which also take forms. */
  override registerParserMiddleware(): void {
    const fastify = this.getInstance();
    fastify.removeAllContentTypeParsers();
    const untypeEmpty: onRequestHookHandler = ({ headers }, _reply, done) => {
      // Fastify would refuse the type of a body that is not there.
      if (headers['content-type'] !== undefined && isEmpty(headers)) delete headers['content-type'];
      done();
    };
    // On routes of writes only: reads are too many to pass through it for nothing.
    fastify.addHook('onRoute', (route) => {
      if (route.method === 'GET' || route.method === 'HEAD') return;
      route.onRequest = [...[route.onRequest ?? []].flat(), untypeEmpty];
    });
    fastify.addContentTypeParser('application/json', { parseAs: 'string' }, ({ headers }, text, done) => {
      // Nothing is unpacked here: what is small may become anything.
      const coded = (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
      if (coded) done(new FastifyErrors.FST_ERR_CTP_INVALID_MEDIA_TYPE());
      else done(null, text === '' ? undefined : parse(text as string));
    });
  }
}

const isEmpty = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;

function parse(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return isTooDeep(body) ? new MalformedBody() : body;
  } catch {
    return new MalformedBody();
  }
}

function isTooDeep(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return level.length > 0;
}

function givenOrOwn(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : requestId();
}
