import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

import { eventually } from '@connections/testing';

import { EventStream } from './event-stream.js';

let server: Server;
let client: Socket;
let response: ServerResponse;
let ends: number;

/** A stream to a client that reads nothing until told to. */
async function stream(heartbeatMs?: number): Promise<EventStream> {
  ends = 0;
  client = connect((server.address() as AddressInfo).port);
  client.pause();
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  return new EventStream(response, () => ends++, heartbeatMs);
}

beforeAll(async () => {
  server = createServer().listen(0);
  await once(server, 'listening');
});
afterEach(() => client.destroy());
afterAll(() => new Promise((resolve) => server.close(resolve)));

const frame = `data: ${'x'.repeat(64 * 1024)}\n\n`;

describe('a stream of events', () => {
  it('drops a reader that does not read, and keeps little for it', async () => {
    const events = await stream();
    let most = 0;
    await eventually(
      async () => {
        for (let i = 0; i < 20; i++) events.send(frame);
        most = Math.max(most, response.writableLength);
        expect(response.destroyed).toBe(true);
      },
      { timeoutMs: 20_000 },
    );
    expect(most).toBeLessThan(512 * 1024);
    await eventually(async () => expect(ends).toBe(1));
    events.send(frame); // nobody there, nothing thrown
  }, 30_000);

  it('keeps one that reads, however much at once', async () => {
    const events = await stream();
    client.resume();
    events.send(frame.repeat(50));
    await eventually(async () => expect(client.bytesRead).toBeGreaterThan(50 * 64 * 1024));
    events.send(frame);
    expect(response.destroyed).toBe(false);
  });

  it('drops one that is behind for two heartbeats', async () => {
    const events = await stream(20);
    events.send(frame.repeat(200));
    await eventually(async () => expect(response.destroyed).toBe(true));
  });

  it('says now and then that it lives', async () => {
    await stream(20);
    client.resume();
    let heard = '';
    client.on('data', (data) => (heard += data));
    await eventually(async () => expect(heard).toContain(': \n\n'));
  });
});
