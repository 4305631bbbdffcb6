import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { House } from '../../test/house.js';

let house: House;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'console-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>The console</title>');
  writeFileSync(join(directory, 'theme.js'), '// theme');
  writeFileSync(join(directory, 'favicon.svg'), '<svg/>');
  writeFileSync(join(directory, 'assets', 'main-abc.js'), 'plain');
  writeFileSync(join(directory, 'assets', 'main-abc.js.br'), 'packed');
  house = await House.start(['access', 'gateway'], {
    CONSOLE_DIR: directory,
    TRACE_URL_TEMPLATE: 'https://traces.example/{trace_id}',
  });
}, 60_000);
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await house?.close();
}, 60_000);

const html = { Accept: 'text/html,application/xhtml+xml' };

it.each(['/', '/sign-in', '/connections', '/connections/x?connect=success', '/connections/x/runs/y'])(
  'serves the console at %s to everybody, never from an old copy and with a policy that lets nothing foreign run',
  async (path) => {
    const { status, headers, text } = await house.request('GET', path, undefined, undefined, html);
    expect([status, text]).toEqual([200, '<!doctype html><title>The console</title>']);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('etag')).toBeTruthy();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
  },
);

it('answers 304 to a browser that has the page', async () => {
  const { headers } = await house.request('GET', '/', undefined, undefined, html);
  // As browsers ask; Node's own fetch would want a fresh answer.
  const known = { ...html, 'If-None-Match': headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
  expect((await house.request('GET', '/', undefined, undefined, known)).status).toBe(304);
});

it('lets browsers keep the assets, and sends them as they were packed by the build', async () => {
  const packed = { 'Accept-Encoding': 'br' };
  const { headers } = await house.request('GET', '/assets/main-abc.js', undefined, undefined, packed);
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(headers.get('content-encoding')).toBe('br');
  const { text } = await house.request('GET', '/assets/main-abc.js', undefined, undefined, {
    'Accept-Encoding': 'identity',
  });
  expect(text).toBe('plain');
});

it.each(['/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/none.js', '/assets/..%2findex.html'])(
  'answers 404 in the one envelope to %s',
  async (path) => {
    const { status, body } = await house.request('GET', path);
    expect([status, body.error?.code]).toEqual([404, 'not_found']);
  },
);

it('shows its own page to a browser that asks for an address that does not exist, with 404', async () => {
  const { status, text } = await house.request('GET', '/nowhere', undefined, undefined, html);
  expect([status, text]).toEqual([404, '<!doctype html><title>The console</title>']);
  expect((await house.request('GET', '/nowhere')).body.error.code).toBe('not_found');
  expect((await house.request('GET', '/api/nowhere', undefined, undefined, html)).status).toBe(401);
});

it('tells the console where traces are shown', async () => {
  const { body } = await house.request('GET', '/console.json');
  expect(body).toEqual({ trace_url_template: 'https://traces.example/{trace_id}' });
});

it('says how to build the console where it has not been built', async () => {
  rmSync(join(directory, 'index.html'));
  const { status, text } = await house.request('GET', '/connections', undefined, undefined, html);
  expect(status).toBe(503);
  expect(text).toContain('npm run build');
  expect(text).toContain('/api/platform/v1');
});
