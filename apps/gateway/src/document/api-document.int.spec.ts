import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { House } from '../../test/house.js';

const root = join(import.meta.dirname, '../../../..');

let house: House;
let directory: string;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
let document: any;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'openapi-'));
  house = await House.start(['access', 'gateway']);
  document = (await house.request('GET', '/api/openapi.json')).body;
}, 60_000);
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await house?.close();
}, 60_000);

/** What Spectral says of a document, and how it ends; its rules are in `.spectral.yaml`. */
async function lint(content: object): Promise<{ code: number | null; output: string }> {
  const file = join(directory, 'openapi.json');
  writeFileSync(file, JSON.stringify(content));
  const entry = join(root, 'node_modules/@stoplight/spectral-cli/dist/index.js');
  const child = spawn(
    process.execPath,
    [entry, 'lint', file, '--ruleset', join(root, '.spectral.yaml'), '--fail-severity', 'hint'],
    { cwd: root },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output };
}

describe('the API’s document', () => {
  it('has nothing that Spectral would mend', async () => {
    const { code, output } = await lint(document);
    expect([
      output.includes("No results with a severity of 'hint' or higher found!") || output,
      code,
    ]).toEqual([true, 0]);
  }, 60_000);

  it('would be found wanting without an envelope, a tag or a key', async () => {
    const faulty = structuredClone(document);
    const { post, get } = faulty.paths['/api/platform/v1/connections'];
    post.parameters = [];
    get.tags = ['nonsense'];
    faulty.components.responses.Invalid.content['application/json'].schema = { type: 'object' };
    const { code, output } = await lint(faulty);
    expect(code).toBe(1);
    for (const rule of ['post-idempotency', 'operation-tag-defined', 'error-envelope']) {
      expect(output).toContain(rule);
    }
  }, 60_000);

  it('tells limits, keys and refusals of an operation', () => {
    const connect = document.paths['/api/platform/v1/connections'].post;
    expect(Object.keys(connect.responses)).toEqual(
      expect.arrayContaining([
        '200',
        '400',
        '401',
        '403',
        '409',
        '413',
        '415',
        '422',
        '429',
        '502',
        '503',
        '504',
      ]),
    );
    expect(Object.keys(connect.responses['200'].headers)).toEqual(
      expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'X-Request-Id', 'Idempotent-Replayed']),
    );
    expect(document.components.responses.RateLimited.headers).toHaveProperty('Retry-After');
    const issue = document.paths['/api/platform/v1/api-keys'].post;
    expect(issue.parameters).toEqual([]);
  });

  it('holds operations and nothing else', () => {
    const paths = Object.keys(document.paths);
    expect(paths.filter((path) => !path.startsWith('/api/'))).toEqual([]);
    expect(document.paths['/api/platform/v1/connections/{id}/reconnect'].post.requestBody.required).toBe(
      false,
    );
  });
});
