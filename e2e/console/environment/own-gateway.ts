import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

import { startChild } from '../../../tools/dev/processes.mjs';
import { freePort } from '../../../tools/setup/ports.mjs';
import { environment } from './environment.js';

/** A gateway beside the one that all tests share, on the same bus and databases: for tests that take it away. */
export class OwnGateway {
  private child: ReturnType<typeof startChild> | undefined;

  private constructor(
    readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  static async start(env: Record<string, string> = {}): Promise<OwnGateway> {
    const gateway = new OwnGateway(await freePort(), env);
    await gateway.start();
    return gateway;
  }

  async start(): Promise<void> {
    const { variables, dataDir } = environment();
    this.child = startChild('apps/gateway/src/main.ts', {
      env: { ...process.env, ...variables, PUBLIC_URL: this.url, PORT: String(this.port), ...this.env },
      logFile: join(dataDir, `gateway-${this.port}.log`),
    });
    await this.child.ready;
  }

  async stop(): Promise<void> {
    await this.child?.stop();
  }
}

/** A way to the databases that can be cut: what is read through it is away then. */
export class DatabaseLine {
  private readonly sockets = new Set<Socket>();
  private cutOff = false;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<DatabaseLine> {
    const { hostname, port } = new URL(environment().variables.DATABASE_URL ?? '');
    const server = createServer();
    const line = new DatabaseLine(server);
    server.on('connection', (socket) => {
      if (line.cutOff) return socket.destroy();
      const target = connect(Number(port), hostname);
      for (const end of [socket, target]) {
        line.sockets.add(end);
        end.on('error', () => end.destroy()).on('close', () => line.sockets.delete(end));
      }
      socket.pipe(target).pipe(socket);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return line;
  }

  /** The database of a service, by way of this line. */
  url(service: string): string {
    const url = new URL(environment().variables.DATABASE_URL ?? '');
    url.port = String((this.server.address() as AddressInfo).port);
    url.hostname = '127.0.0.1';
    url.pathname += `_${service}`;
    return url.href;
  }

  cut(): void {
    this.cutOff = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.cutOff = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }
}
