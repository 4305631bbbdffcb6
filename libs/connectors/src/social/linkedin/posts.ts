import { childPagination, type Parent } from '../../kit/children.js';
import type { ProviderAnswer } from '../../kit/definition.js';
import type { CursorDefinition, Pass, Row, StreamDefinition, Walk } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import { post, postStatistics } from './rows.js';
import { encodedUrn, listOf, restliPath } from './restli.js';

const DAY_MS = 86_400_000;
const PAGE = 100;
/** Pages are offsets: a post deleted meanwhile pulls the later ones forward. So many may be, and none is left out. */
const SHARED = 10;
/** Fewer posts a page where their statistics are asked for: the ids of all of them stand in one URL. */
const STATISTICS_PAGE = 50;
/** Statistics of a post settle; those of older ones were read when the page was connected. */
const STATISTICS_DAYS = 90;
const HISTORY_DAYS = 365;

const modified: CursorDefinition = {
  field: 'lastModifiedAt',
  kind: 'time',
  format: 'epoch_ms',
  overlapSeconds: 600,
  advance: 'upper',
};

export const posts: StreamDefinition = {
  name: 'posts',
  primaryKey: 'id',
  cursor: modified,
  // By creation: a post that is edited while all are read would else move to a page already read, and seem deleted.
  full: [listing('CREATED', () => false)],
  incremental: [
    listing('LAST_MODIFIED', (row, { since }) => Number(textAt(row, 'lastModifiedAt')) < Date.parse(since!)),
  ],
  sweep: true,
  fullReadEverySeconds: 86_400,
  record: post,
};

function listing(sortBy: string, isPast: (row: Row, pass: Pass) => boolean): Walk {
  return {
    name: sortBy.toLowerCase(),
    path: '',
    rows: 'elements',
    pagination: {
      kind: 'custom',
      request: (pass, page) => ({ path: listPath(pass, sortBy, Number(page ?? 0), PAGE) }),
      next: (answer, rows, page, pass) => {
        const last = rows.at(-1);
        if (last && isPast(last, pass)) return undefined;
        return hasNext(answer, rows.length, PAGE) ? Number(page ?? 0) + PAGE - SHARED : undefined;
      },
    },
  };
}

/** What each post has come to: asked for a page of posts at a time, shares and other posts apart. */
export const postMetrics: StreamDefinition = {
  name: 'post_statistics',
  primaryKey: 'post',
  cursor: modified,
  full: [statisticsOf(HISTORY_DAYS)],
  incremental: [statisticsOf(STATISTICS_DAYS)],
  // Posts too old to be asked about still have what they came to.
  sweep: false,
  record: postStatistics,
};

function statisticsOf(days: number): Walk {
  const isPast = (row: Row, { upper }: Pass) =>
    Number(textAt(row, 'createdAt')) < Date.parse(upper) - days * DAY_MS;
  return {
    name: `last_${days}_days`,
    path: '',
    rows: 'elements',
    pagination: childPagination({
      parentsRequest: (pass, cursor) => ({
        path: listPath(pass, 'CREATED', Number(cursor ?? 0), STATISTICS_PAGE),
      }),
      parents: (answer, pass) => {
        const rows = elementsOf(answer);
        return rows && requestsFor(rows.filter((row) => !isPast(row, pass)));
      },
      nextParents: (answer, pass) => {
        const rows = elementsOf(answer) ?? [];
        const last = rows.at(-1);
        if (last && isPast(last, pass)) return undefined;
        if (!hasNext(answer, rows.length, STATISTICS_PAGE)) return undefined;
        return String(Number(textAt(answer.body, 'paging.start') ?? 0) + STATISTICS_PAGE);
      },
      request: ({ account }, { parameter, ids }) => ({
        path: restliPath('organizationalEntityShareStatistics', {
          q: 'organizationalEntity',
          organizationalEntity: encodedUrn(account.externalId),
          [parameter!]: listOf(String(ids).split(',')),
        }),
      }),
      rows: (answer) => elementsOf(answer),
      next: () => undefined,
    }),
  };
}

function requestsFor(rows: readonly Row[]): Parent[] {
  const ids = rows.flatMap((row) => textAt(row, 'id') ?? []);
  const shares = ids.filter((id) => id.startsWith('urn:li:share:'));
  const others = ids.filter((id) => id.startsWith('urn:li:ugcPost:'));
  return [
    { parameter: 'shares', ids: shares.join(',') },
    { parameter: 'ugcPosts', ids: others.join(',') },
  ].filter(({ ids: some }) => some !== '');
}

const listPath = ({ account }: Pass, sortBy: string, start: number, count: number): string =>
  restliPath('posts', { q: 'author', author: encodedUrn(account.externalId), count, start, sortBy });

function elementsOf(answer: ProviderAnswer): readonly Row[] | undefined {
  const elements = valueAt(answer.body, 'elements');
  return Array.isArray(elements) ? (elements as readonly Row[]) : undefined;
}

/** By the link, where there are links; pages may be short of rows that we may not see. */
function hasNext(answer: ProviderAnswer, rows: number, count: number): boolean {
  const links = valueAt(answer.body, 'paging.links');
  if (!Array.isArray(links)) return rows >= count;
  return (links as Row[]).some((link) => link['rel'] === 'next');
}
