import { ProviderError } from '../../kit/definition.js';
import type { CursorDefinition, Pass, StreamDefinition, Walk } from '../../kit/stream.js';
import { valueAt } from '../../kit/value-at.js';
import { dailyStatistics, followerCount } from './rows.js';
import { daysBetween, encodedUrn, listOf, restliPath } from './restli.js';

const DAY_MS = 86_400_000;
/** LinkedIn counts a day for two days more, and refuses to be asked about it before. */
const SETTLED_AFTER_DAYS = 2;
/** Twelve months at most; a day less, since the request arrives later than it was made. */
const HISTORY_DAYS = 364;

/** The page itself, by id: its name may change. Without a role on it LinkedIn tells a few fields. */
export const organization: StreamDefinition = {
  name: 'organization',
  primaryKey: 'id',
  full: [
    {
      name: 'organization',
      path: '',
      rows: 'results',
      pagination: {
        kind: 'custom',
        request: ({ account }) => ({
          path: restliPath('organizationsLookup', { ids: listOf([account.externalId]) }),
        }),
        // The lookup of several is partial: what became of one stands beside the results, with status 200.
        rows: (answer, _page, { account }) => {
          const found = valueAt(answer.body, `results.${account.externalId}`);
          if (typeof found === 'object' && found !== null) return [found as Record<string, unknown>];
          if (valueAt(answer.body, 'results') === undefined) return undefined;
          throw new ProviderError({ kind: 'config', note: 'the page is gone' }, answer);
        },
        next: () => undefined,
      },
    },
  ],
  sweep: false,
};

/** LinkedIn names the followers of this moment only, so each day's number is a record of its own. */
export const followerCounts: StreamDefinition = {
  name: 'follower_count',
  primaryKey: ['organization', 'snapshot_date'],
  full: [
    {
      name: 'size',
      path: '',
      rows: '',
      pagination: {
        kind: 'custom',
        request: ({ account }) => ({
          path: restliPath(`networkSizes/${encodedUrn(account.externalId)}`, {
            edgeType: 'COMPANY_FOLLOWED_BY_MEMBER',
          }),
        }),
        rows: ({ body }) => {
          const firstDegreeSize = valueAt(body, 'firstDegreeSize');
          return typeof firstDegreeSize === 'number' ? [{ firstDegreeSize }] : undefined;
        },
        next: () => undefined,
      },
    },
  ],
  sweep: false,
  record: followerCount,
};

/** By day, the last five read again: numbers still move for a while after LinkedIn first tells them. */
const byDay: CursorDefinition = {
  field: 'timeRange.start',
  kind: 'time',
  format: 'epoch_ms',
  overlapSeconds: 5 * 86_400,
  advance: 'upper',
};

/** Statistics finders answer all days at once. */
export const statistics = (name: string, resource: string, finder: string): StreamDefinition => {
  const walk: Walk = {
    name: 'days',
    path: '',
    rows: 'elements',
    pagination: {
      kind: 'custom',
      request: (pass) => ({
        path: restliPath(resource, {
          q: finder,
          [finder]: encodedUrn(pass.account.externalId),
          timeIntervals: daysBetween(...interval(pass)),
        }),
      }),
      next: () => undefined,
    },
  };
  return {
    name,
    primaryKey: ['organization', 'day'],
    cursor: byDay,
    full: [walk],
    incremental: [walk],
    // Days beyond twelve months are no longer told, and still were.
    sweep: false,
    record: dailyStatistics,
  };
};

function interval({ since, upper }: Pass): [start: number, end: number] {
  const today = midnight(upper);
  const end = today - SETTLED_AFTER_DAYS * DAY_MS;
  const oldest = today - HISTORY_DAYS * DAY_MS;
  const start = since === undefined ? oldest : Math.max(oldest, midnight(since));
  return [Math.min(start, end - DAY_MS), end];
}

const midnight = (time: string): number => Math.floor(Date.parse(time) / DAY_MS) * DAY_MS;
