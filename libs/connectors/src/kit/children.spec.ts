import { jest } from '@jest/globals';

import { childPagination, type ChildReading } from './children.js';
import { ProviderError, type ProviderAnswer } from './definition.js';
import { readPage } from './read-page.js';
import type { PageState, Pass, StreamDefinition, Walk } from './stream.js';

/** Parents a to e by twos; `a` has two pages of rows, one of which has rows below itself; `c` is gone. */
const answers: Readonly<Record<string, object>> = {
  parents: { parents: ['a', 'b'], more: '1' },
  'parents/1': { parents: ['c', 'd'], more: '2' },
  'parents/2': { parents: ['e'] },
  a: { rows: [{ id: 'a1', deep: 'below' }, { id: 'a2' }], more: 'x' },
  'a/x': { rows: [{ id: 'a3' }] },
  below: { rows: [{ id: 'below1' }] },
  b: { rows: [] },
  d: { rows: [{ id: 'd1' }] },
  e: { rows: [{ id: 'e1' }] },
};

type Body = { parents?: string[]; rows?: { id: string; deep?: string }[]; more?: string };
const bodyOf = (answer: ProviderAnswer) => answer.body as Body;
const at = (name: string, cursor?: string) => ({ path: cursor === undefined ? name : `${name}/${cursor}` });

const reading: ChildReading = {
  parentsRequest: (_pass, cursor) => at('parents', cursor),
  parents: (answer) => bodyOf(answer).parents?.map((name) => ({ name })),
  nextParents: (answer) => bodyOf(answer).more,
  request: (_pass, { name }, cursor) => at(String(name), cursor),
  rows: (answer, { name }) => bodyOf(answer).rows?.map(({ id }) => ({ id, of: name! })),
  next: (answer) => bodyOf(answer).more,
  nested: (answer) => bodyOf(answer).rows?.flatMap(({ deep }) => (deep ? [{ name: deep }] : [])) ?? [],
  passesOver: ({ kind }) => kind === 'gone',
};

const walk: Walk = { name: 'w', path: '', rows: 'rows', pagination: childPagination(reading) };
const stream: StreamDefinition = { name: 's', primaryKey: 'id', full: [walk], sweep: true };
const pass: Pass = { account: { externalId: '', label: '' }, upper: '2026-01-01T00:00:00.000Z' };

function page(state: PageState | undefined, overrides: Readonly<Record<string, object>> = {}) {
  const request = ({ path }: { path: string }): Promise<ProviderAnswer> => {
    const body = overrides[path] ?? answers[path];
    const status = body ? 200 : 404;
    if (!body) return Promise.reject(new ProviderError({ kind: 'gone' }, { status, headers: {}, body: {} }));
    return Promise.resolve({ status, headers: {}, body });
  };
  const stored = () => Promise.resolve([]);
  return readPage({ http: { request }, stream, walk, pass, stored, ...(state ? { page: state } : {}) });
}

describe('children, parent by parent', () => {
  it('are read depth first, each under its parent, past one that is gone', async () => {
    const seen: unknown[] = [];
    let state: PageState | undefined;
    let largest = 0;
    do {
      const { records, next } = await page(state);
      seen.push(...records.map(({ data }) => `${String(data['of'])}:${String(data['id'])}`));
      state = next;
      largest = Math.max(largest, (next as { open: unknown[] } | undefined)?.open.length ?? 0);
    } while (state !== undefined);
    expect(seen).toEqual(['a:a1', 'a:a2', 'below:below1', 'a:a3', 'd:d1', 'e:e1']);
    // One page of parents, and what is nested in one page of rows.
    expect(largest).toBe(3);
  });

  it.each([
    ['a list of parents without parents', undefined, { parents: {} }],
    ['children without rows', { open: [{ parent: { name: 'a' } }] }, { a: {} }],
    [
      'a cursor of parents that does not move',
      { open: [], from: '1' },
      { 'parents/1': { parents: [], more: '1' } },
    ],
    [
      'a cursor of children that does not move',
      { open: [{ parent: { name: 'a' }, at: 'x' }] },
      { 'a/x': { rows: [], more: 'x' } },
    ],
  ])('%s is no end', async (_name, state, overrides) => {
    await expect(page(state as PageState | undefined, overrides as never)).rejects.toMatchObject({
      fault: { kind: 'unknown' },
    });
  });

  it('a page of parents that is refused begins the pass anew, for it carried a cursor', async () => {
    await expect(page({ open: [], from: 'old' })).rejects.toMatchObject({
      fault: { kind: 'cursor_expired' },
    });
  });

  it('are read several requests a page, up to one that fails, which begins the next page', async () => {
    const several = { ...walk, pagination: childPagination({ ...reading, together: 3 }) };
    let refused = 0;
    const request = ({ path }: { path: string }): Promise<ProviderAnswer> => {
      const body = answers[path];
      const fault = path === 'b' && refused++ === 0 ? 'transient' : body ? undefined : 'gone';
      const plain = { status: body ? 200 : 404, headers: {} };
      return fault
        ? Promise.reject(new ProviderError({ kind: fault }, { ...plain, body: {} }))
        : Promise.resolve({ ...plain, body });
    };
    const stored = () => Promise.resolve([]);
    const seen: string[][] = [];
    let state: PageState | undefined;
    do {
      const at = state === undefined ? {} : { page: state };
      const one = await readPage({ http: { request }, stream, walk: several, pass, stored, ...at });
      seen.push(one.records.map(({ id }) => id));
      state = one.next;
    } while (state !== undefined);
    expect(seen).toEqual([['a1', 'a2', 'below1'], ['a3'], [], ['d1', 'e1']]);
    expect(refused).toBe(2);
  });

  it('are read a few requests a page where the provider is slow: neither a token nor a slice waits for ten answers', async () => {
    jest.useFakeTimers();
    try {
      const several = { ...walk, pagination: childPagination({ ...reading, together: 10 }) };
      const request = ({ path }: { path: string }): Promise<ProviderAnswer> => {
        jest.advanceTimersByTime(1_000);
        return Promise.resolve({ status: 200, headers: {}, body: answers[path] });
      };
      const stored = () => Promise.resolve([]);
      const { records } = await readPage({ http: { request }, stream, walk: several, pass, stored });
      // The parents, and one of them.
      expect(records.map(({ id }) => id)).toEqual(['a1', 'a2']);
    } finally {
      jest.useRealTimers();
    }
  });
});
