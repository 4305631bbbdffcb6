// `npm run browser [-- <playwright arguments>]`: the console's tests in a real browser, against everything that
// `npm start` runs. The console is built first where its sources changed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildConsole } from './setup/build-console.mjs';
import { chromium } from './setup/chromium.mjs';
import { command } from './setup/command.mjs';
import { dataDirectory } from './setup/data-directory.mjs';
import { ensureInstalled, root } from './setup/install.mjs';

await command(async () => {
  await ensureInstalled();
  await buildConsole();
  const { path, env } = await chromium(dataDirectory(), (line) => console.log(`▸ ${line}`));
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      join(root, 'e2e', 'console', 'playwright.config.ts'),
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, CHROMIUM_PATH: path } },
  );
  process.exit(status ?? 1);
});
