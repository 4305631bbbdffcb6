import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ConnectorResult } from '../../apps/puller/test/conformance/proof.js';
import { gaps } from '../conformance/table.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const left = new Set(['node_modules', 'dist', '.data', '.git', '.nx', 'coverage']);

/** A copy of the repository in which nothing is installed twice: its own packages are the copy's. */
function copyOfTheRepository(): string {
  const copy = mkdtempSync(join(process.env['TEST_DIR']!, 'new-connector-'));
  for (const name of readdirSync(root).filter((entry) => !left.has(entry))) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: (path) => !left.has(path.split('/').at(-1)!),
    });
  }
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const [from, to] = [join(root, 'node_modules', name), join(copy, 'node_modules', name)];
    // These links are relative: in the copy they lead to the copy.
    if (name === '@connections') cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to);
  }
  return copy;
}

describe('npm run new:connector', () => {
  let copy: string;
  beforeAll(() => {
    copy = copyOfTheRepository();
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const inCopy = async (...args: string[]) => {
    const env = {
      ...process.env,
      DATA_DIR: '.data',
      NX_DAEMON: 'false',
      PATH: [dirname(process.env['TEST_NATS_BINARY']!), process.env['PATH']].join(delimiter),
    };
    try {
      return (await run(process.execPath, args, { cwd: copy, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
    }
  };
  const scaffold = (...args: string[]) => inCopy('tools/new-connector.mjs', ...args);
  const module = (path: string) => join('node_modules', path);

  it.each([
    [['Acme', '--category', 'crm', '--auth', 'oauth'], '"Acme" cannot be a connector'],
    [['class', '--category', 'crm', '--auth', 'oauth'], '"class" is a word of the language'],
    [['pipedrive', '--category', 'crm', '--auth', 'oauth'], 'There is a connector pipedrive already'],
    [['zendesk', '--category', 'helpdesk', '--auth', 'oauth'], 'There is no category "helpdesk"'],
    [['zendesk', '--category', 'support', '--auth', 'magic'], 'There is no auth "magic"'],
    [[], 'Usage: npm run new:connector'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    await expect(scaffold(...args)).rejects.toThrow(sentence);
  });

  it('makes connectors that are typed, clean and conform to the suite, for each way to connect', async () => {
    const made = [
      ['firstnew', 'support', 'api_key'],
      ['secondnew', 'docs', 'oauth'],
      ['thirdnew', 'social', 'handle'],
    ] as const;
    for (const [type, category, auth] of made) {
      const told = await scaffold(type, '--category', category, '--auth', auth, '--name', 'New & Ünïque');
      expect(told).toContain(`apps/puller/src/conformance/${type}.int.spec.ts`);
    }
    await inCopy(module('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json');
    const own = made.flatMap(([type, category]) => [
      ...[type, 'streams', 'faults', `${type}.spec`].map(
        (part) => `libs/connectors/src/${category}/${type}/${part}.ts`,
      ),
      `apps/sandbox/src/providers/${type}`,
      `apps/puller/src/conformance/${type}.int.spec.ts`,
    ]);
    const registered = ['libs/connectors/src/registry.ts', 'apps/sandbox/src/sandbox.ts'];
    const checked = [...own, ...registered, 'apps/sandbox/src/credentials.ts'];
    await inCopy(module('eslint/bin/eslint.js'), ...checked);
    await inCopy(module('prettier/bin/prettier.cjs'), '--check', ...checked);
    await inCopy(
      '--experimental-vm-modules',
      module('jest/bin/jest.js'),
      '--selectProjects',
      'unit',
      'integration',
      '--runTestsByPath',
      ...own.filter((path) => path.endsWith('.spec.ts')),
    );
    // What it showed leaves no gap in the table either.
    const results = made.map(([type]): [string, ConnectorResult] => {
      const file = join(copy, '.data/conformance', `${type}.json`);
      return [type, JSON.parse(readFileSync(file, 'utf8')) as ConnectorResult];
    });
    const types = made.map(([type]) => ({ type }));
    expect(gaps(types, new Map(results))).toEqual([]);
  }, 300_000);
});
