import type { CustomPagination, Pass, Row, StreamDefinition } from '../../kit/stream.js';
import { post, postStatistics } from './rows.js';
import { linkedin } from './linkedin.js';

const DAY = 86_400_000;
const upper = '2026-08-03T20:30:00.000Z';
const today = Date.UTC(2026, 7, 3);
const pass: Pass = { account: { externalId: '123', label: 'Acme' }, upper };
const org = 'urn%3Ali%3Aorganization%3A123';

const stream = (name: string): StreamDefinition => linkedin.streams.find((one) => one.name === name)!;
const pagination = (name: string, mode: 'full' | 'incremental' = 'full') =>
  stream(name)[mode]![0]!.pagination as CustomPagination;
const answer = (body: unknown) => ({ status: 200, headers: {}, body });

describe('LinkedIn’s days', () => {
  it.each(['follower_statistics', 'share_statistics'])('%s: a year of them, until two days ago', (name) => {
    expect(pagination(name).request(pass, undefined).path).toContain(
      `organizationalEntity=${org}&timeIntervals=(timeRange:(start:${today - 364 * DAY},end:${today - 2 * DAY}),timeGranularityType:DAY)`,
    );
  });

  it('are read again for a while, whole', () => {
    const since = '2026-07-29T09:00:00.000Z';
    expect(pagination('page_statistics').request({ ...pass, since }, undefined).path).toContain(
      `(start:${Date.UTC(2026, 6, 29)},end:${today - 2 * DAY})`,
    );
  });

  it('are at least one, though the last run was a moment ago', () => {
    const { path } = pagination('share_statistics').request({ ...pass, since: upper }, undefined);
    expect(path).toContain(`(start:${today - 3 * DAY},end:${today - 2 * DAY})`);
  });
});

describe('LinkedIn’s posts', () => {
  const rows = (count: number, lastModifiedAt = today): Row[] =>
    Array.from({ length: count }, (_, index) => ({ id: `urn:li:share:${index}`, lastModifiedAt }));
  const linked = (...rels: string[]) => answer({ paging: { links: rels.map((rel) => ({ rel })) } });

  it('are listed by creation in a full read, with rows shared between pages', () => {
    const { request, next } = pagination('posts');
    expect(request(pass, undefined).path).toBe(
      `/rest/posts?q=author&author=${org}&count=100&start=0&sortBy=CREATED`,
    );
    expect(next(linked('next'), rows(100), undefined, pass)).toBe(90);
    expect(next(linked('next'), rows(40), 90, pass)).toBe(180);
    expect(next(linked(), rows(100), 90, pass)).toBeUndefined();
    expect(next(answer({}), rows(100), undefined, pass)).toBe(90);
    expect(next(answer({}), rows(99), undefined, pass)).toBeUndefined();
  });

  it('are read by modification until those of the last run', () => {
    const { request, next } = pagination('posts', 'incremental');
    const since = new Date(today).toISOString();
    expect(request({ ...pass, since }, undefined).path).toContain('sortBy=LAST_MODIFIED');
    expect(next(linked('next'), rows(100, today), undefined, { ...pass, since })).toBe(90);
    expect(next(linked('next'), rows(100, today - 1), undefined, { ...pass, since })).toBeUndefined();
  });

  it('are asked for their numbers a page at a time, shares and others apart', () => {
    const { request, next, rows: rowsOf } = pagination('post_statistics');
    const listed = answer({
      paging: { start: 0, links: [{ rel: 'next' }] },
      elements: [
        { id: 'urn:li:share:1', createdAt: today },
        { id: 'urn:li:ugcPost:2', createdAt: today },
        { id: 'urn:li:share:3', createdAt: today - 400 * DAY },
      ],
    });
    expect(rowsOf!(listed, undefined, pass)).toEqual([]);
    const first = next(listed, [], undefined, pass);
    expect(request(pass, first).path).toMatch(/&shares=List\(urn%3Ali%3Ashare%3A1\)$/);
    const second = next(answer({ elements: [] }), [], first, pass);
    expect(request(pass, second).path).toMatch(/&ugcPosts=List\(urn%3Ali%3AugcPost%3A2\)$/);
    // The third was too old, and so is everything after it.
    expect(next(answer({ elements: [] }), [], second, pass)).toBeUndefined();
  });

  it('stand in the feed when they are published, with null for what LinkedIn does not count', () => {
    expect(post({ id: 'a', createdAt: today, publishedAt: today + 500 })).toMatchObject({
      created_at: '2026-08-03T00:00:00.500Z',
    });
    expect(post({ id: 'a', createdAt: today, lifecycleState: 'DRAFT' })).not.toHaveProperty('created_at');
    expect(
      postStatistics({ ugcPost: 'urn:li:ugcPost:2', totalShareStatistics: { likeCount: 0 } }),
    ).toMatchObject({
      post: 'urn:li:ugcPost:2',
      metrics: { likes: 0, comments: null, shares: null, impressions: null },
    });
  });
});

describe('a page that is gone', () => {
  it('is told apart from an answer that is none', () => {
    const { rows } = pagination('organization');
    expect(rows!(answer({ results: { 123: { id: 123 } } }), undefined, pass)).toEqual([{ id: 123 }]);
    expect(rows!(answer({}), undefined, pass)).toBeUndefined();
    expect(() => rows!(answer({ results: {}, statuses: { 123: 404 } }), undefined, pass)).toThrow('config');
  });
});
