import type { ProviderAnswer } from '../../kit/definition.js';
import { ascending, changedFirst } from './paging.js';

const upper = '2026-01-01T00:00:00.500Z';
const pass = { account: { externalId: '', label: '' }, upper };
const answer = (next: string | null): ProviderAnswer => ({
  status: 200,
  headers: {},
  body: { meta: { next_page_link: next } },
});

describe('ascending', () => {
  const paging = ascending('/v1/calls', 'started_at');

  it('asks from the last row’s second on, not for another page', () => {
    expect(paging.next(answer('…'), [{ started_at: 10 }, { started_at: 20 }], undefined, pass)).toEqual({
      from: 19,
      page: 1,
    });
  });

  it('turns pages within one second', () => {
    const tied = [{ started_at: 20 }];
    expect(paging.next(answer('…'), tied, { from: 19, page: 1 }, pass)).toEqual({ from: 19, page: 2 });
    expect(paging.request(pass, { from: 19, page: 2 })).toMatchObject({ query: { from: 19, page: 2 } });
  });

  it('ends where the provider names no next page', () => {
    expect(paging.next(answer(null), [{ started_at: 20 }], undefined, pass)).toBeUndefined();
  });

  it('writes UNIX seconds, rounded outwards', () => {
    const since = '2025-12-31T00:00:00.900Z';
    expect(paging.request({ ...pass, since }, undefined)).toMatchObject({
      query: { from: Date.parse('2025-12-31') / 1000, to: Date.parse('2026-01-01') / 1000 + 1 },
    });
  });
});

describe('changedFirst', () => {
  const paging = changedFirst('/v1/contacts', 'updated_at', ascending('/v1/contacts', 'created_at'));
  const since = new Date(1_000_000).toISOString();

  it('ends at what the last pass saw', () => {
    expect(paging.next(answer('…'), [{ updated_at: 1000 }], undefined, { ...pass, since })).toBe(2);
    expect(paging.next(answer('…'), [{ updated_at: 999 }], 2, { ...pass, since })).toBeUndefined();
  });

  it('reads everything where more changed than a query reaches', () => {
    const next = paging.next(answer(null), [{ updated_at: 5000 }], 200, { ...pass, since });
    expect(next).toEqual({ from: 0, page: 1 });
    expect(paging.request({ ...pass, since }, next)).toMatchObject({ query: { order: 'asc', from: 0 } });
  });
});
