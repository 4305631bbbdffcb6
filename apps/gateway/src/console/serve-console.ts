import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { join } from 'node:path';

import { plainPage, sendPage } from '../browser/plain-page.js';
import type { GatewayConfig } from '../config.js';
import { isBuilt, SHELL } from './console-files.js';

/** The console's own pages, one by one: a wildcard would make unknown paths below `/api` public. */
const PAGES = [
  '/',
  '/sign-in',
  '/connections',
  '/connections/:id',
  '/connections/:id/runs/:run_id',
  '/settings',
  '/settings/:page',
  '/admin',
  '/admin/:page',
];

/** Files beside the assets whose names are not hashed. */
const FILES = ['theme.js', 'favicon.svg'];

/** The console runs its own scripts and styles only, and talks to this gateway only. */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ONE_YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the web console's build: the shell for each of its pages, what it loads below `/assets/`, and its settings. */
export function serveConsole(fastify: FastifyInstance, config: GatewayConfig): void {
  const { consoleDir: directory, traceUrlTemplate } = config;
  // Decorates replies with `sendFile`; what is sent is named below.
  void fastify.register(fastifyStatic, { root: directory, serve: false, preCompressed: true });
  void fastify.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    // Their names are hashes of what they hold.
    immutable: true,
    maxAge: ONE_YEAR_MS,
  });
  for (const page of PAGES) fastify.get(page, (_request, reply) => sendShell(reply, directory));
  for (const file of FILES) {
    fastify.get(`/${file}`, (_request, reply) =>
      reply.header('Cache-Control', 'no-cache').sendFile(file, directory, { cacheControl: false }),
    );
  }
  fastify.get('/console.json', (_request, reply) =>
    reply.header('Cache-Control', 'no-cache').send({ trace_url_template: traceUrlTemplate ?? null }),
  );
}

/** Sends the page that starts the console, whichever of its pages it is to show. */
export function sendShell(reply: FastifyReply, directory: string, status = 200): FastifyReply {
  if (!isBuilt(directory)) {
    sendPage(
      reply,
      503,
      plainPage(
        'No console yet',
        'It has not been built: run npm run build. The API is at /api/platform/v1.',
      ),
    );
    return reply;
  }
  return reply
    .status(status)
    .header('Cache-Control', 'no-cache')
    .header('Content-Security-Policy', CONSOLE_POLICY)
    .header('Referrer-Policy', 'same-origin')
    .header('Cross-Origin-Opener-Policy', 'same-origin')
    .header('Cross-Origin-Resource-Policy', 'same-origin')
    .sendFile(SHELL, directory, { cacheControl: false });
}
