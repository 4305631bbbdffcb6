import type { ProviderAnswer, ProviderHttp } from '../../kit/definition.js';
import type { CustomPagination, Pass } from '../../kit/stream.js';
import { classify } from './faults.js';
import { gong } from './gong.js';

const now = Date.parse('2026-01-10T12:00:00Z');
const refusal = (status: number, error: string, headers = {}): ProviderAnswer => ({
  status,
  headers,
  body: { requestId: 'r', errors: [error] },
});
const pass: Pass = { account: { externalId: '', label: '' }, upper: '2026-01-10T12:00:00.000Z' };
const stream = (name: string) => gong.streams.find((one) => one.name === name)!;
const paging = (name: string) => stream(name).full[0]!.pagination as CustomPagination;

describe('what Gong’s answers mean', () => {
  const empty = { kind: 'gone', note: 'nothing found' };
  it.each([
    ['an empty window', refusal(404, 'No calls found corresponding to the provided filters'), empty],
    ['something else that is not there', refusal(404, 'Call ID 1 was not found'), undefined],
    [
      'a missing scope',
      refusal(401, "You need permission to use 'api:calls:read:extensive' in your app"),
      { kind: 'config' },
    ],
    ['a dead token', refusal(401, 'Failed to authenticate'), undefined],
    [
      'a throttle',
      refusal(429, 'limit', { 'retry-after': '7200' }),
      { kind: 'rate_limit', until: now + 7_200_000 },
    ],
    ['a throttle without a time', refusal(429, 'limit'), { kind: 'rate_limit', until: now + 5_000 }],
    ['a proxy’s page', { status: 502, headers: {}, body: '<html>' }, undefined],
  ])('%s', (_what, answer, fault) => {
    const found = classify(answer, now);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(fault);
  });
});

describe('calls', () => {
  const { request, passesOver } = paging('calls');

  it('names both ends of a window, and the cursor in the body', () => {
    const first = request(pass, undefined);
    expect(first).toMatchObject({
      method: 'POST',
      path: '/v2/calls/extensive',
      json: { filter: { fromDateTime: '2012-01-01T00:00:00Z', toDateTime: pass.upper } },
    });
    expect(request(pass, 'c')).toEqual({ ...first, json: { ...(first.json as object), cursor: 'c' } });
    const since = '2026-01-03T12:00:00.000Z';
    expect(request({ ...pass, since }, undefined).json).toMatchObject({ filter: { fromDateTime: since } });
  });

  it('asks for no media: its links are signed, and differ with each answer', () => {
    expect(JSON.stringify(request(pass, undefined).json)).not.toMatch(/media/);
  });

  it('passes over an empty window, and no other refusal', () => {
    const empty = { kind: 'gone', note: 'nothing found' } as const;
    expect(passesOver!(empty, undefined)).toBe(true);
    // A page after the first is never empty: its cursor has expired.
    expect(passesOver!(empty, 'c')).toBe(false);
    expect(passesOver!({ kind: 'gone', note: 'status 404' }, undefined)).toBe(false);
  });
});

describe('whose company it is', () => {
  const { auth } = gong;
  if (auth.method !== 'oauth') throw new Error('OAuth');
  const http = (workspaces: object[]): ProviderHttp => ({
    request: () => Promise.resolve({ status: 200, headers: {}, body: { workspaces } }),
  });
  const answer = { api_base_url_for_customer: 'https://company-17.api.gong.io/' };
  const client = { id: '', secret: '', authBaseUrl: '' };

  it('the one at the address that came with the token', async () => {
    expect(await auth.identify(http([{ id: '1', name: 'Acme' }]), answer, client)).toEqual({
      externalId: 'company-17.api.gong.io',
      label: 'Acme',
    });
    expect(await auth.identify(http([]), answer, client)).toMatchObject({ label: 'company-17.api.gong.io' });
  });

  it('takes the lifetime that overrules the standard’s', () => {
    const body = { access_token: 't', expires_in: 86_400 };
    expect(auth.tokenAnswer!(body).body).toMatchObject({ expires_in: 86_400, token_type: 'bearer' });
    expect(auth.tokenAnswer!({ ...body, validity_duration: 3_600 }).body).toMatchObject({
      expires_in: 3_600,
    });
  });
});
