import type { ProviderAnswer, ProviderHttp } from '../../kit/definition.js';
import type { CustomPagination, PageState, Pass } from '../../kit/stream.js';
import { classify } from './faults.js';
import { longId } from './ids.js';
import { salesforce } from './salesforce.js';

const now = Date.parse('2026-01-10T12:00:00Z');
const answer = (status: number, body: unknown, headers = {}): ProviderAnswer => ({ status, headers, body });
const refusal = (status: number, errorCode: string, message = '', usage?: string) =>
  answer(status, [{ errorCode, message }], usage ? { 'sforce-limit-info': `api-usage=${usage}` } : {});

describe('what Salesforce’s answers mean', () => {
  const daily = { kind: 'rate_limit', until: now + 3_600_000, scope: 'connection' };
  const busy = { kind: 'rate_limit', until: now + 10_000, scope: 'connection' };

  it.each([
    ['all of the day is used', refusal(403, 'REQUEST_LIMIT_EXCEEDED', '', '100000/100000'), daily],
    ['some of it is left', refusal(403, 'REQUEST_LIMIT_EXCEEDED', '', '18/100000'), busy],
    [
      'an app of its own limit',
      refusal(403, 'REQUEST_LIMIT_EXCEEDED', '', '18/5000; per-app-api-usage=17/250(appName=a)'),
      busy,
    ],
    ['no usage told', refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), daily],
    [
      'no usage told, many at once',
      refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'),
      busy,
    ],
    ['no API in this edition', refusal(403, 'API_DISABLED_FOR_ORG'), { kind: 'config' }],
    ['another 403', refusal(403, 'INSUFFICIENT_ACCESS'), { kind: 'config' }],
    ['a session’s end', refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'), undefined],
    [
      'a session of another kind',
      refusal(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
      { kind: 'config' },
    ],
    ['a dead locator', refusal(400, 'INVALID_QUERY_LOCATOR'), { kind: 'cursor_expired' }],
    ['a column that vanished', refusal(400, 'INVALID_FIELD'), { kind: 'cursor_expired' }],
    ['an object that is hidden', refusal(400, 'INVALID_TYPE'), { kind: 'config' }],
    ['an old API version', refusal(404, 'NOT_FOUND'), { kind: 'config' }],
    ['a slow query', refusal(400, 'QUERY_TIMEOUT'), { kind: 'transient' }],
    ['a page of the edge', answer(406, '<html>'), { kind: 'transient' }],
    ['an org on the move', answer(302, undefined), { kind: 'transient' }],
    ['rows', answer(200, { records: [] }), undefined],
  ])('%s', (_what, given, fault) => {
    const found = classify(given, now);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(fault);
  });
});

describe('ids', () => {
  it.each([
    ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
    ['00530000003xqAb', '00530000003xqAbAAI'],
    ['001A0000006Vm9rIAC', '001A0000006Vm9rIAC'],
    ['not an id', 'not an id'],
  ])('%s is %s', (short, long) => expect(longId(short)).toBe(long));
});

describe('a query', () => {
  const accounts = salesforce.streams.find(({ name }) => name === 'accounts')!;
  const [read, bin] = accounts.incremental!.map(({ pagination }) => pagination as CustomPagination);
  const full = accounts.full[0]!.pagination as CustomPagination;
  const pass: Pass = {
    account: { externalId: '', label: '' },
    since: '2026-01-10T11:45:00.000Z',
    upper: '2026-01-10T12:00:00.000Z',
  };
  const described = answer(200, {
    fields: ['Id', 'Name', 'IsDeleted', 'SystemModstamp'].map((name) => ({ name })),
  });
  const soql = (pagination: CustomPagination, page?: PageState) =>
    String(pagination.request(pass, page).query?.['q']);

  it('names what may be seen, in a window that is frozen at both ends', () => {
    const page = read!.next(described, [], undefined, pass)!;
    expect(soql(read!, page)).toBe(
      'SELECT Id, SystemModstamp, IsDeleted, Name FROM Account' +
        ' WHERE IsDeleted = false AND SystemModstamp >= 2026-01-10T11:45:00.000Z' +
        ' AND SystemModstamp < 2026-01-10T12:00:00.000Z ORDER BY SystemModstamp ASC, Id ASC',
    );
  });

  it('in full has no end: what changes meanwhile would seem deleted', () => {
    const page = full.next(described, [], undefined, pass)!;
    expect(soql(full, page)).toBe(
      'SELECT Id, SystemModstamp, IsDeleted, Name FROM Account WHERE IsDeleted = false',
    );
  });

  it('asks the bin for no more than ids', () => {
    expect(soql(bin!)).toContain('SELECT Id, SystemModstamp FROM Account WHERE IsDeleted = true AND ');
    expect(bin!.request(pass, undefined).path).toBe('/services/data/v62.0/queryAll');
  });

  it('goes on where the locator says, to a proven end', () => {
    const page = { columns: ['Id'] };
    const next = (body: object) => read!.next(answer(200, body), [], page, pass);
    const nextRecordsUrl = '/services/data/v62.0/query/0r8-2000';
    expect(next({ done: false, nextRecordsUrl })).toEqual({ columns: ['Id'], next: nextRecordsUrl });
    expect(read!.request(pass, next({ done: false, nextRecordsUrl })).path).toBe(nextRecordsUrl);
    expect(next({ done: true })).toBeUndefined();
    expect(() => next({ done: false })).toThrow('neither done nor a next page');
    expect(() => next({ done: false, nextRecordsUrl: '//evil.example' })).toThrow(
      'neither done nor a next page',
    );
  });

  it('leaves the last of the day’s requests to the org’s other systems', () => {
    const nearly = { ...described, headers: { 'sforce-limit-info': 'api-usage=95000/100000' } };
    expect(() => read!.next(nearly, [], undefined, pass)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ kind: 'rate_limit' }) }) as Error,
    );
  });

  it('keeps neither wrappings nor what was deleted behind its back', () => {
    const row = { attributes: { type: 'Account' }, Id: '001A0000006Vm9r', Name: null, IsDeleted: false };
    expect(accounts.record!(row, pass)).toEqual({ Id: '001A0000006Vm9rIAC', Name: null, IsDeleted: false });
    expect(accounts.record!({ ...row, IsDeleted: true }, pass)).toBeUndefined();
  });
});

describe('whose org it is', () => {
  const { auth } = salesforce;
  const identify = (id: string, respond: () => Promise<ProviderAnswer>) => {
    if (auth.method !== 'oauth') throw new Error('OAuth');
    const http: ProviderHttp = { request: respond };
    return auth.identify(http, { id }, { id: '', secret: '', authBaseUrl: '' });
  };
  const named = () => Promise.resolve(answer(200, { records: [{ Name: 'Acme' }] }));

  it.each(['00DA0000000gLCQ', '00DA0000000gLCQMA2'])('%s', async (org) => {
    const account = await identify(`https://login.salesforce.com/id/${org}/005A0000001SyzA`, named);
    expect(account).toEqual({ externalId: '00DA0000000gLCQMA2', label: 'Acme' });
  });

  it('none without an identity', async () => {
    await expect(identify('https://login.salesforce.com/id/nonsense', named)).rejects.toMatchObject({
      fault: { kind: 'unknown' },
    });
  });
});
