import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { eventually } from './eventually.js';

const root = resolve(import.meta.dirname, '../../..');

export interface SpawnOptions {
  /** Added to this process's environment; undefined removes a name. */
  env?: Record<string, string | undefined>;
  args?: string[];
  /** Called every 25 ms until it stops throwing or answering false. */
  ready?: () => unknown;
  readyTimeoutMs?: number;
}

export interface ServiceProcess {
  pid: number;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  running(): boolean;
  /** Resolves when the process has ended: its exit code, or null when a signal ended it. */
  exited: Promise<number | null>;
  /** SIGTERM, then SIGKILL after `timeoutMs`. */
  stop(timeoutMs?: number): Promise<number | null>;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** Sends a message over the process's IPC channel. */
  send(message: unknown): void;
  /** Calls `listener` with each IPC message of the process. */
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * Runs a TypeScript entry (path relative to the repository's root, such as `apps/puller/src/main.ts`) as a Node process of its own,
 * straight from the sources. The child leaves when this process does, however that ends, because its IPC
 * channel closes (the hook sees to it even where the entry does not).
 */
export async function spawnService(entry: string, options: SpawnOptions = {}): Promise<ServiceProcess> {
  const child = fork(resolve(root, entry), options.args ?? [], {
    execArgv: [
      '--conditions=@connections/source',
      '--import',
      resolve(root, 'tools/dev/typescript-hook.mjs'),
      '--max-semi-space-size=8',
    ],
    env: { ...process.env, CONNECTIONS_PARENT_WATCH: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk));
  let running = true;
  const exited = once(child, 'exit').then(([code]) => {
    running = false;
    return code as number | null;
  });
  const end = async (signal: NodeJS.Signals) => {
    if (running) child.kill(signal);
    return exited;
  };
  const service: ServiceProcess = {
    pid: child.pid ?? -1,
    output: () => output,
    running: () => running,
    exited,
    async stop(timeoutMs = 15_000) {
      const hardLimit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      const code = await end('SIGTERM');
      clearTimeout(hardLimit);
      return code;
    },
    kill: async () => void (await end('SIGKILL')),
    send: (message) => void child.send(message as never),
    onMessage: (listener) => void child.on('message', listener),
  };
  const { ready } = options;
  if (ready) {
    const ended = exited.then((code) => Promise.reject(new Error(`${entry} ended (${code}) while starting`)));
    await Promise.race([
      eventually(async () => !running || (await ready()) !== false, {
        timeoutMs: options.readyTimeoutMs ?? 30_000,
      }),
      ended,
    ]).catch(async (error: unknown) => {
      await service.kill();
      throw new Error(`${entry} did not get ready:\n${output}`, { cause: error });
    });
  }
  return service;
}
