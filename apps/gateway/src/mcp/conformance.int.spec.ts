import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { allServices, House } from '../../test/house.js';
import { addKey, type KeyAddingProxy } from '../../test/mcp-conformance/key-adding-proxy.js';

const run = promisify(execFile);
const resolve = createRequire(import.meta.url).resolve;
const suite = join(dirname(resolve('@modelcontextprotocol/conformance/package.json')), 'dist', 'index.js');
const doesNotApply = (revision: string) =>
  fileURLToPath(new URL(`../../test/mcp-conformance/${revision}.yml`, import.meta.url));

let house: House;
let proxy: KeyAddingProxy;
let results: string;

beforeAll(async () => {
  [house, results] = await Promise.all([
    House.start(allServices),
    mkdtemp(join(tmpdir(), 'mcp-conformance-')),
  ]);
  const caller = await house.member('viewer');
  proxy = await addKey(house.service('gateway').url, caller.key);
}, 90_000);
afterAll(async () => {
  proxy?.close();
  await house?.close();
  await rm(results, { recursive: true });
}, 60_000);

// The suite exits with 1 also when a scenario that is listed as not applying passes.
it.each(['2025-11-25', '2026-07-28'])(
  'is what revision %s requires, by the official suite',
  async (revision) => {
    const args = ['server', '--url', `${proxy.url}/mcp`, '--requirements', revision, '-o', results];
    const exit = run(process.execPath, [suite, ...args, '--expected-failures', doesNotApply(revision)]);
    const summary = await exit.then(
      ({ stdout }) => stdout,
      (failure: { stdout?: string }) => `FAILED ${failure.stdout ?? String(failure)}`,
    );
    expect(summary).not.toContain('FAILED');
    for (const scenario of ['resources-list', 'dns-rebinding-protection']) {
      expect(summary).toContain(`✓ ${scenario}`);
    }
  },
  60_000,
);
