import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

const HEARTBEAT_MS = 15_000;
/** What may wait for a reader beyond the socket's own buffers: some hundred events. */
const MOST_WAITING_BYTES = 128 * 1024;

/**
 * Takes a reply out of Fastify's hands as a stream of events, with the headers that it has so far. The connection ends with
 * the stream: one kept alive would hold a gateway that ends for as long as its client likes.
 */
export function openEventStream(reply: FastifyReply, onEnd: () => void): EventStream {
  const headers = reply.getHeaders() as Record<string, string>;
  reply.hijack();
  // Proxies that buffer would hold events back.
  const own = { 'content-type': EVENT_STREAM, 'x-accel-buffering': 'no', connection: 'close' };
  reply.raw.writeHead(200, { ...headers, ...own });
  reply.raw.flushHeaders();
  return new EventStream(reply.raw, onEnd);
}

/** One subscriber's stream of server-sent events. A reader that does not keep up is dropped, and resumes when it can. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;
  private wasBehind = false;

  /** `onEnd` is called once, whoever ends the stream. */
  constructor(
    private readonly response: ServerResponse,
    onEnd: () => void,
    heartbeatMs = HEARTBEAT_MS,
  ) {
    this.heartbeat = setInterval(() => this.beat(), heartbeatMs).unref();
    response.once('close', () => {
      clearInterval(this.heartbeat);
      onEnd();
    });
  }

  /** Whole events, each with its blank line. */
  send(frames: string): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    // What is said at once may be longer, as to one that resumes: it is behind only when it has not taken what came before.
    if (this.response.writableLength > MOST_WAITING_BYTES) this.response.destroy();
    else this.response.write(frames);
  }

  /** Ends it so that the reader knows that it ended. */
  end(): void {
    if (!this.response.writableEnded) this.response.end();
    // What waits for a reader that does not read keeps the socket open: it has until the next beat.
    setTimeout(() => this.response.destroy(), 1000).unref();
  }

  private beat(): void {
    // Nothing was taken since the last beat, though something waited: nobody reads.
    if (this.wasBehind && this.response.writableNeedDrain) return void this.response.destroy();
    this.wasBehind = this.response.writableNeedDrain;
    this.send(': \n\n');
  }
}
