// `npm run service -- puller`: one service as a process of its own, from its sources. It joins the bus and the
// databases of a running `npm start`, or those that NATS_URL and DATABASE_URL name.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { sourceArguments } from './dev/processes.mjs';
import { command, onEnd } from './setup/command.mjs';
import { dataDirectory } from './setup/data-directory.mjs';
import { ensureInstalled, root } from './setup/install.mjs';
import { Problem } from './setup/problem.mjs';

await command(async () => {
  await ensureInstalled();
  const name = process.argv[2];
  const entry = join(root, 'apps', name ?? '', 'src', 'main.ts');
  if (!name || !existsSync(entry)) {
    const all = readdirSync(join(root, 'apps')).join(', ');
    throw new Problem(`Name a service, such as: npm run service -- puller\nThere are ${all}.`);
  }
  const running = join(dataDirectory(), 'environment.json');
  /** @type {Record<string, string>} */
  const given = existsSync(running) ? JSON.parse(readFileSync(running, 'utf8')) : {};
  if (!process.env.NATS_URL && !given.NATS_URL) {
    throw new Problem('Nothing to join: run npm start first, or set NATS_URL and DATABASE_URL.');
  }
  // PORT is the gateway's; this service's own is PULLER_PORT and the like, else any free one.
  const ports = name === 'gateway' ? {} : { PORT: '0' };
  const child = spawn(process.execPath, [...sourceArguments, entry], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true, // Ctrl-C reaches it once: through us
    env: { ...given, ...process.env, ...ports },
  });
  const exited = new Promise((done) => {
    child.once('exit', (status, signal) => done(status ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  onEnd(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  process.exitCode = await exited;
  process.exit();
});
