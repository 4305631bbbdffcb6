// `npm run bench [-- <name>…]`: the ratios of bench/, on servers of its own with the settings of `npm start`.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sourceArguments } from './dev/processes.mjs';
import { buildConsole } from './setup/build-console.mjs';
import { chromium } from './setup/chromium.mjs';
import { command, onEnd } from './setup/command.mjs';
import { dataDirectory } from './setup/data-directory.mjs';
import { ensureInstalled, root } from './setup/install.mjs';
import { natsBinary } from './setup/nats.mjs';
import { freePort } from './setup/ports.mjs';
import { startPostgresServer } from './setup/postgres.mjs';

await command(async () => {
  await ensureInstalled();
  const dataDir = dataDirectory();
  const runDir = join(dataDir, 'bench', String(process.pid));
  mkdirSync(runDir, { recursive: true });
  const names = process.argv.slice(2);
  const browser = names.length === 0 || names.includes('console') ? await aBrowser(dataDir) : {};
  const binary = natsBinary(dataDir, (line) => console.log(`▸ ${line}`));
  // Durable, unlike the tests' server: a commit that waits for no disk would flatter whoever commits more often.
  const server = await startPostgresServer({
    dataDir: join(runDir, 'postgres'),
    port: await freePort(),
    logFile: join(runDir, 'postgres.log'),
  });
  const child = spawn(process.execPath, [...sourceArguments, join(root, 'bench', 'run.ts'), ...names], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...browser,
      CONNECTIONS_PARENT_WATCH: '1',
      TEST_DIR: runDir,
      TEST_NATS_BINARY: binary,
      TEST_DATABASE_URL: server.url,
    },
  });
  const exited = new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
  const cleanUp = async () => {
    child.kill('SIGTERM');
    await exited;
    await server.stop('SIGQUIT');
    rmSync(runDir, { recursive: true, force: true });
  };
  onEnd(cleanUp, 1);
  const code = await exited;
  await cleanUp();
  process.exit(Number(code));
});

/**
 * The console built, and what its bench finds a Chromium by.
 * @param {string} dataDir
 * @returns {Promise<Record<string, string>>}
 */
async function aBrowser(dataDir) {
  await buildConsole();
  const { path, env } = await chromium(dataDir, (line) => console.log(`▸ ${line}`));
  return { ...env, CHROMIUM_PATH: path };
}
