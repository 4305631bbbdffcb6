import { ProviderError } from '../../kit/definition.js';
import type { ProviderAnswer, ProviderHttp, ProviderRequest } from '../../kit/definition.js';
import { readPage, type Page } from '../../kit/read-page.js';
import type { PageState, Pass, StreamDefinition, Walk } from '../../kit/stream.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

const now = Date.UTC(2026, 0, 1);
const answer = (status: number, body: unknown, headers = {}): ProviderAnswer => ({ status, body, headers });
const refusal = (reason: string, message = '') => ({ error: { message, errors: [{ reason }] } });

describe('Gmail’s refusals', () => {
  it.each([
    [403, 'rateLimitExceeded', '', {}, 15, 'connection'],
    [403, 'userRateLimitExceeded', '', {}, 15, 'connection'],
    [429, 'rateLimitExceeded', 'Slow.  Retry after 2026-01-01T00:00:40.000Z', {}, 40, 'connection'],
    [429, 'rateLimitExceeded', 'Slow.  Retry after 2025-12-31T23:59:00.000Z', {}, 15, 'connection'],
    [
      429,
      'rateLimitExceeded',
      'Slow.  Retry after 2026-01-01T00:00:40Z',
      { 'retry-after': '7' },
      7,
      'connection',
    ],
    [403, 'dailyLimitExceeded', '', {}, 3_600, 'app'],
    [403, 'quotaExceeded', '', {}, 3_600, 'app'],
  ])('%p %s %s %j: wait %p s (%s)', (status, reason, message, headers, seconds, scope) => {
    expect(classify(answer(status, refusal(reason, message), headers), now)).toMatchObject({
      kind: 'rate_limit',
      until: now + seconds * 1000,
      scope,
    });
  });

  it.each([
    [403, 'insufficientPermissions', 'config'],
    [403, 'domainPolicy', 'config'],
    [403, 'backendError', 'transient'],
    [404, 'notFound', 'gone'],
    [400, 'failedPrecondition', undefined],
    [401, 'authError', undefined],
  ])('%p %s: %p', (status, reason, kind) =>
    expect(classify(answer(status, refusal(reason)), now)?.kind).toBe(kind),
  );
});

const streamOf = (name: string): StreamDefinition => streams.find((stream) => stream.name === name)!;

/** Reads a walk to its end at a provider that answers by path, and `pageToken` where there is one. */
async function read(walk: Walk, stream: StreamDefinition, pass: Pass, bodies: Record<string, unknown>) {
  const asked: string[] = [];
  const starts = new Set<unknown>();
  const request = ({ path, query }: ProviderRequest): Promise<ProviderAnswer> => {
    const name = `${path.split('/me/')[1]!}${query?.['pageToken'] ? `?${query['pageToken']}` : ''}`;
    asked.push(name);
    if (query?.['startHistoryId'] !== undefined) starts.add(query['startHistoryId']);
    return Promise.resolve(answer(200, bodies[name] ?? {}));
  };
  const http: ProviderHttp = { request };
  const pages: Page[] = [];
  let page: PageState | undefined;
  let seen: string | undefined;
  do {
    const state = { ...(page === undefined ? {} : { page }), ...(seen === undefined ? {} : { seen }) };
    // As the puller has it: what the pass has marked so far.
    const marked = { ...pass, ...(seen === undefined ? {} : { mark: seen }) };
    const read = await readPage({ http, stream, walk, pass: marked, ...state, stored: async () => [] });
    pages.push(read);
    ({ next: page, seen } = read);
  } while (page !== undefined);
  const ids = pages.flatMap(({ records }) => records.map(({ id }) => id));
  return { asked, starts: [...starts], ids, gone: pages.flatMap(({ gone }) => gone), seen };
}

const pass: Pass = { account: { externalId: '', label: '' }, upper: '2026-01-01T00:00:00Z', since: '100' };
const message = (id: string, ...labelIds: string[]) => ({ id, threadId: `t${id}`, labelIds });
const named = (id: string) => ({ message: { id, threadId: 't' } });

describe('Gmail’s history', () => {
  it('names changes twice, and pages without any: each message is read once, and the deleted are not', async () => {
    const stream = streamOf('messages');
    const read1 = await read(stream.incremental![0]!, stream, pass, {
      history: { nextPageToken: 'p1', historyId: '900' },
      'history?p1': {
        history: [
          { id: '1', messages: [{ id: 'a' }], messagesAdded: [named('a')] },
          { id: '2', messages: [{ id: 'a' }], labelsAdded: [named('a'), named('b')] },
          { id: '3', messagesAdded: [named('c')] },
          { id: '4', messagesDeleted: [named('c')], labelsRemoved: [named('d')] },
        ],
        historyId: '950',
      },
      'messages/a': message('a', 'INBOX'),
      'messages/b': message('b', 'TRASH'),
      'messages/d': message('d'),
    });
    expect(read1.asked).toEqual(['history', 'history?p1', 'messages/a', 'messages/b', 'messages/d']);
    expect(read1.ids).toEqual(['a', 'd']);
    expect(read1.gone).toEqual(['c', 'b']);
    // The first page's: what came later than that may be missing from the pages after it.
    expect(read1.seen).toBe('900');
  });

  it('is paged from one start, though the first page of a full read has moved the mark', async () => {
    const stream = streamOf('messages');
    const { since: _none, ...full } = pass;
    // More than are read together, so that the mark of the first page is there when the second one is asked for.
    const many = Array.from({ length: 12 }, (_, index) => `m${index}`);
    const page = (ids: string[]) => ({ history: [{ messagesAdded: ids.map(named) }], historyId: '900' });
    const met = await read(
      stream.full[2]!,
      stream,
      { ...full, mark: '70' },
      {
        history: { ...page(many), nextPageToken: 'p/1' },
        'history?p/1': { ...page(['a']), nextPageToken: 'p/2' },
        'history?p/2': page(['b']),
        ...Object.fromEntries([...many, 'a', 'b'].map((id) => [`messages/${id}`, message(id)])),
      },
    );
    expect(met).toMatchObject({ starts: ['70'], ids: [...many, 'a', 'b'], seen: '900' });
  });

  it('that ended before a full read could go on from it is followed by another full read', async () => {
    const stream = streamOf('messages');
    const { since: _none, ...full } = pass;
    const refused = new ProviderError({ kind: 'gone' }, answer(404, refusal('notFound')));
    const http: ProviderHttp = { request: () => Promise.reject(refused) };
    const walk = stream.full[2]!;
    const stored = () => Promise.resolve([]);
    await expect(
      readPage({ http, stream, walk, pass: { ...full, mark: '70' }, stored }),
    ).rejects.toMatchObject({
      fault: { kind: 'cursor_expired' },
    });
  });

  it('goes on from where the full read began, before any message was listed', async () => {
    const stream = streamOf('messages');
    const [head, list] = stream.full as [Walk, Walk];
    const { since: _none, ...full } = pass;
    const begun = await read(head, stream, full, { profile: { emailAddress: 'a@b', historyId: '70' } });
    expect(begun).toMatchObject({ ids: [], seen: '70' });
    expect(await read(list, stream, full, { messages: { resultSizeEstimate: 0 } })).toMatchObject({
      asked: ['messages'],
      ids: [],
    });
  });

  it.each([
    ['messages', 'messages', refusal('backendError')],
    ['messages', 'messages', {}],
    ['threads', 'threads', {}],
    ['messages', 'history', {}],
  ])('%s: does not take what is no list (%s: %j) for an empty one', async (name, path, body) => {
    const stream = streamOf(name);
    const walk = stream.full.find((one) => one.path.endsWith(path))!;
    await expect(read(walk, stream, pass, { [path]: body })).rejects.toMatchObject({
      fault: { kind: 'unknown' },
    });
  });
});
