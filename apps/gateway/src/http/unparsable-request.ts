import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import { requestId } from './cheap-ids.js';

const refusals: Record<string, { readonly status: number; readonly message: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    message: 'The headers are too large. Send less in them, cookies included.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time. Send it again.' },
};
const noRequest = { status: 400, message: 'This is not a well-formed HTTP/1.1 request.' };

/** Answers what is no HTTP request with the envelope that every error has, and ends the connection. */
export function refuseUnparsable(error: NodeJS.ErrnoException, socket: Socket): void {
  // Reset by its own end: there is nobody to tell.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, message } = refusals[error.code ?? ''] ?? noRequest;
  const body = JSON.stringify({ error: { code: 'invalid_request', message } });
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId(),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
