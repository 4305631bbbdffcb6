import type { FastifyReply } from 'fastify';

import { openEventStream, type EventStream } from '../live/event-stream.js';

/** Sends what the package answered. A stream has its own end: `onEnd` is called once it is over. */
export async function sendResponse(
  reply: FastifyReply,
  response: Response,
  onEnd: () => void,
): Promise<void> {
  const type = response.headers.get('content-type') ?? '';
  if (response.body && type.startsWith('text/event-stream')) {
    return pump(response.body, openEventStream(reply, onEnd), reply);
  }
  const body = Buffer.from(await response.arrayBuffer());
  onEnd();
  if (type !== '') reply.header('Content-Type', type);
  void reply.status(response.status).send(body);
}

/** Reads as fast as it comes: whoever does not keep up is dropped by the stream, and nothing gathers before it. */
async function pump(
  body: ReadableStream<Uint8Array>,
  stream: EventStream,
  reply: FastifyReply,
): Promise<void> {
  const reader = body.getReader();
  reply.raw.once('close', () => void reader.cancel().catch(() => undefined));
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    stream.send(decoder.decode(value, { stream: true }));
  }
  stream.end();
}
