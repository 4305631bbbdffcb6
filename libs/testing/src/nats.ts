import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startNatsServer } from '../../../tools/setup/nats.mjs';
import { freePort } from '../../../tools/setup/ports.mjs';
import { natsServerBinary, runDirectory } from './servers.js';

export interface TestNats {
  url: string;
  port: number;
  storeDir: string;
  /** Ends the server in good order; resolves when it is gone. */
  stop(): Promise<void>;
  /** Starts it again on the same port and store. */
  start(): Promise<void>;
  /** SIGKILL: nothing is flushed. */
  kill(): Promise<void>;
  /** Copies the store directory to `to`; works on a running server too, as a snapshot of a disk would. */
  copyStore(to: string): void;
  /** Replaces the store directory by an earlier copy. The server must not run. */
  restoreStore(from: string): void;
  /** Ends the server and removes its files. */
  destroy(): Promise<void>;
}

/** A nats-server with JetStream of its own, for suites that restart, kill or roll back the broker. */
export async function createNats(): Promise<TestNats> {
  const dir = mkdtempSync(join(runDirectory(), 'nats-'));
  const storeDir = join(dir, 'store');
  const port = await freePort();
  const options = { binary: natsServerBinary(), storeDir, port, logFile: join(dir, 'log') };
  let server = await startNatsServer(options);
  return {
    url: server.url,
    port,
    storeDir,
    stop: () => server.stop(),
    async start() {
      if (!server.running()) server = await startNatsServer(options);
    },
    kill: () => server.stop('SIGKILL'),
    copyStore: (to) => cpSync(storeDir, to, { recursive: true }),
    restoreStore(from) {
      if (server.running()) throw new Error('Stop the server first: it would write over what is restored');
      rmSync(storeDir, { recursive: true, force: true });
      cpSync(from, storeDir, { recursive: true });
    },
    async destroy() {
      await server.stop('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
