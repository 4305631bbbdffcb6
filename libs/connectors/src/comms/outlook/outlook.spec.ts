import type { ProviderAnswer, ProviderRequest } from '../../kit/definition.js';
import { readPage } from '../../kit/read-page.js';
import type { PageState } from '../../kit/stream.js';
import { classify, codesIn } from './faults.js';
import { tokenAnswer } from './outlook.js';
import { streams } from './streams.js';

const now = Date.UTC(2026, 0, 1);
const answer = (status: number, code: string, headers = {}): ProviderAnswer => ({
  status,
  body: { error: { code, message: '' } },
  headers,
});

describe('Outlook', () => {
  it.each([
    ['TooManyRequests', { 'retry-after': '2.128' }, 3],
    ['ApplicationThrottled', { 'retry-after': '30' }, 30],
    ['ApplicationThrottled', {}, 10],
  ])('429 %s %j: wait %p s', (code, headers, seconds) => {
    expect(classify(answer(429, code, headers), now)).toMatchObject({
      kind: 'rate_limit',
      until: now + seconds * 1000,
      scope: 'connection',
    });
  });

  it.each([
    [410, 'SyncStateNotFound', {}, 'cursor_expired'],
    [410, 'resyncRequired', {}, 'cursor_expired'],
    [400, 'syncStateNotFound', {}, 'cursor_expired'],
    [404, 'MailboxNotEnabledForRESTAPI', {}, 'config'],
    [400, 'MailboxNotEnabledForRESTAPI', {}, 'config'],
    [404, 'ErrorItemNotFound', {}, 'gone'],
    [403, 'ErrorAccessDenied', {}, 'config'],
    [403, 'Forbidden', { 'www-authenticate': 'Bearer error="insufficient_claims", claims="e30="' }, 'auth'],
    [401, 'InvalidAuthenticationToken', {}, 'auth'],
    [504, 'UnknownError', {}, 'transient'],
    [509, 'Bandwidth', {}, 'transient'],
    [400, 'InefficientFilter', {}, undefined],
  ])('%p %s %j: %p', (status, code, headers, kind) =>
    expect(classify(answer(status, code, headers), now)?.kind).toBe(kind),
  );

  it('waits where a 503 says how long', () => {
    const fault = classify(answer(503, 'ServiceUnavailable', { 'retry-after': '12' }), now);
    expect(fault).toMatchObject({ kind: 'transient', until: now + 12_000 });
  });

  it('finds the code that counts below another one', () => {
    const body = { error: { code: 'BadRequest', innererror: { code: 'ErrorX', innerError: { code: 'Y' } } } };
    expect(codesIn(body)).toEqual(['BadRequest', 'ErrorX', 'Y']);
    const inner = { error: { code: 'Unknown', innerError: { code: 'MailboxNotEnabledForRESTAPI' } } };
    expect(classify({ status: 404, headers: {}, body: inner }, now)).toMatchObject({ kind: 'config' });
  });

  it.each([
    ['Mail.Read User.Read', 'Mail.Read User.Read'],
    [
      'openid https://graph.microsoft.com/mail.read https://graph.microsoft.com/User.Read',
      'openid Mail.Read User.Read',
    ],
    ['User.Read', 'User.Read'],
    [undefined, ''],
  ])('reads the granted scopes %p as %p', (scope, named) =>
    expect(tokenAnswer({ access_token: 'a', ...(scope ? { scope } : {}) }).body['scope']).toBe(named),
  );
});

describe('a full read of Outlook’s messages', () => {
  const messages = streams.find(({ name }) => name === 'messages')!;
  const row = (id: string) => ({ id, createdDateTime: '', parentFolderId: '', body: {}, isRead: true });
  const folder = (id: string, rows: string[]): [string, object] => [
    `/v1.0/me/mailFolders/${id}/messages/delta`,
    { value: rows.map(row), '@odata.deltaLink': `https://graph.microsoft.com/v1.0/delta/${id}` },
  ];

  it('ends with the folders that came while it went on, and reads no other twice', async () => {
    const answers: Record<string, unknown> = Object.fromEntries([
      ['/v1.0/me/mailFolders', { value: [{ id: 'a' }] }],
      ['/v1.0/delta/a', { value: [], '@odata.deltaLink': 'https://graph.microsoft.com/v1.0/delta/a2' }],
      folder('a', ['1']),
      folder('b', ['2']),
    ]);
    const asked: string[] = [];
    const request = ({ path }: ProviderRequest) => {
      asked.push(path);
      return Promise.resolve({ status: 200, headers: {}, body: answers[path] });
    };
    let mark: string | undefined;
    const read: string[] = [];
    for (const walk of messages.full) {
      let page: PageState | undefined;
      do {
        const state = { ...(mark && { seen: mark }), ...(page !== undefined && { page }) };
        const pass = { account: { externalId: '', label: '' }, upper: '', ...(mark && { mark }) };
        const stored = () => Promise.resolve([]);
        const met = await readPage({ http: { request }, stream: messages, walk, pass, stored, ...state });
        read.push(...met.records.map(({ id }) => id));
        ({ next: page, seen: mark } = met);
      } while (page !== undefined);
      answers['/v1.0/me/mailFolders'] = { value: [{ id: 'a' }, { id: 'b' }] };
    }
    expect(read).toEqual(['1', '2']);
    expect(asked.filter((path) => path.endsWith('/a/messages/delta'))).toHaveLength(1);
    expect(Object.keys(JSON.parse(mark!) as object)).toEqual(['a', 'b']);
  });
});
