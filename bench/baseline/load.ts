// Asks for one URL over and over on so many connections, one request at a time on each; tells how many were answered.
// Raw sockets: a real HTTP client would need more of the machine than the server that it measures.
import { connect } from 'node:net';

export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  /** Bytes of the body that each answer is to have. */
  readonly length: number;
}

process.on('message', (load: Load) => {
  run(load).then(
    (answers) => process.send?.({ answers }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
// Between two loads the channel alone keeps this process.
process.channel?.ref();
process.send?.({ ready: true });

async function run({ url, headers, connections, seconds, length }: Load): Promise<number> {
  const { hostname, port, host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const endsAt = performance.now() + seconds * 1000;
  const one = () =>
    new Promise<number>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let answers = 0;
      let missing = -1;
      let head = '';
      socket.on('connect', () => socket.write(request));
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        if (missing < 0) {
          // A head is short and comes whole, or nearly so.
          const end = chunk.indexOf('\r\n\r\n');
          head += chunk.toString('latin1', 0, end < 0 ? chunk.length : end);
          if (end < 0) return;
          const declared = Number(/content-length: (\d+)/i.exec(head)?.[1]);
          if (!head.startsWith('HTTP/1.1 200 ') || declared !== length) {
            socket.destroy();
            return reject(new Error(`an answer of ${declared} instead of ${length} bytes: ${head}`));
          }
          head = '';
          missing = length - (chunk.length - end - 4);
        } else missing -= chunk.length;
        if (missing > 0) return;
        missing = -1;
        answers++;
        if (performance.now() < endsAt) return void socket.write(request);
        socket.destroy();
        resolve(answers);
      });
    });
  const answers = await Promise.all(Array.from({ length: connections }, one));
  return answers.reduce((sum, count) => sum + count, 0);
}
