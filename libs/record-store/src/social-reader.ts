import { decodeTexts, encodeTexts, InvalidCursor } from './record-cursor.js';
import type { Query } from './record-reader.js';

/** Null: not known. */
export interface Activity {
  readonly likes: number | null;
  readonly comments: number | null;
  readonly shares: number | null;
  readonly impressions: number | null;
}

/** `day`: YYYY-MM-DD, UTC. */
export type DayOf<Value> = { readonly day: string } & Value;

export interface StoredPost extends Activity {
  readonly externalId: string;
  readonly data: Record<string, unknown>;
  /** ISO 8601. */
  readonly postedAt: string;
}

export interface PostPage {
  readonly posts: readonly StoredPost[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Days of an account in a stream of which each record is one: `<account>:<YYYY-MM-DD>`. */
export interface Days {
  readonly connectionId: string;
  readonly stream: string;
  readonly account: string;
  /** The first day, YYYY-MM-DD. */
  readonly since: string;
}

const counts = ['likes', 'comments', 'shares', 'impressions'] as const;

/** What posts can be in the order of, the most first: the time of their publication, or what they have come to. */
export const postSorts = ['posted_at', ...counts] as const;
export type PostSort = (typeof postSorts)[number];

export interface PostQuery {
  readonly connectionId: string;
  readonly metrics: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A number in a record, null for whatever else stands there: a provider's odd value must not fail the whole read. */
const number = (json: string) => `CASE WHEN jsonb_typeof(${json}) = 'number' THEN (${json})::numeric END`;
const metric = (table: string, name: string) => number(`${table}.data -> 'metrics' -> '${name}'`);

/** A day's records lie side by side in the primary key. */
const DAYS = `FROM records r WHERE r.connection_id = $1 AND r.stream = $2 AND r.deleted_at IS NULL
  AND r.external_id >= $3 || ':' || $4 AND r.external_id < $3 || ';'`;

const POSTS = `p.connection_id = $1 AND p.stream = 'posts' AND p.deleted_at IS NULL`;
const POSTED_AT = `(p.data ->> 'created_at') COLLATE "C"`;

/** Metrics stand in the post, or in another stream's record of the same id: OFFSET 0 keeps the lookup a lookup. */
const METRICS = `LEFT JOIN LATERAL (SELECT m.data FROM records m
  WHERE m.connection_id = p.connection_id AND m.stream = $2 AND m.external_id = p.external_id
    AND m.deleted_at IS NULL OFFSET 0) m ON true`;

const POST_ROWS = `SELECT p.external_id, p.data, ${POSTED_AT} AS posted_at,
    ${counts.map((name) => `${metric('m', name)} AS ${name}`).join(', ')}
  FROM records p ${METRICS} WHERE ${POSTS} AND ${POSTED_AT} IS NOT NULL`;

/** Reads what the records of a social account tell over time; needs no more than SELECT on `records`. */
export class SocialReader {
  constructor(private readonly query: Query) {}

  /** Followers at the end of each day that was looked at; a day missed is missing. */
  async followers(days: Days): Promise<DayOf<{ followers: number | null }>[]> {
    const rows = await this.query<{ day: string; followers: string | null }>(
      `SELECT right(r.external_id, 10) AS day, ${number("r.data -> 'followers'")} AS followers
       ${DAYS} ORDER BY r.external_id`,
      parameters(days),
    );
    return rows.map(({ day, followers }) => ({ day, followers: toNumber(followers) }));
  }

  /** By how much followers changed on each day, where the provider tells it; `fields`: paths of what adds up to it. */
  async followerGains(days: Days, fields: readonly string[]): Promise<DayOf<{ gain: number | null }>[]> {
    const sum = fields.map((_, index) => number(`r.data #> $${index + 5}::text[]`)).join(' + ');
    const rows = await this.query<{ day: string; gain: string | null }>(
      `SELECT right(r.external_id, 10) AS day, ${sum} AS gain ${DAYS} ORDER BY r.external_id`,
      [...parameters(days), ...fields.map((path) => path.split('.'))],
    );
    return rows.map(({ day, gain }) => ({ day, gain: toNumber(gain) }));
  }

  /** The last follower count known, however old. */
  async currentFollowers(days: Omit<Days, 'since'>): Promise<number | null> {
    const [row] = await this.query<{ followers: string }>(
      `SELECT ${number("r.data -> 'followers'")} AS followers ${DAYS}
         AND jsonb_typeof(r.data -> 'followers') = 'number'
       ORDER BY r.external_id DESC LIMIT 1`,
      parameters({ ...days, since: '' }),
    );
    return toNumber(row?.followers ?? null);
  }

  /** What happened on each day, where the provider tells it by day. */
  async activity(days: Days): Promise<DayOf<Activity>[]> {
    const rows = await this.query<ActivityRow & { day: string }>(
      `SELECT right(r.external_id, 10) AS day, ${counts.map((name) => `${metric('r', name)} AS ${name}`).join(', ')}
       ${DAYS} ORDER BY r.external_id`,
      parameters(days),
    );
    return rows.map((row) => ({ day: row.day, ...toActivity(row) }));
  }

  /** What the posts of each day have come to since; days without a post are missing. */
  async activityOfPosts(query: {
    readonly connectionId: string;
    readonly metrics: string;
    readonly since: string;
  }): Promise<DayOf<Activity>[]> {
    const rows = await this.query<ActivityRow & { day: string }>(
      `SELECT left(${POSTED_AT}, 10) AS day, ${counts.map((name) => `sum(${metric('m', name)}) AS ${name}`).join(', ')}
       FROM records p ${METRICS} WHERE ${POSTS} AND ${POSTED_AT} >= $3 GROUP BY 1 ORDER BY 1`,
      [query.connectionId, query.metrics, query.since],
    );
    return rows.map((row) => ({ day: row.day, ...toActivity(row) }));
  }

  /** A page of posts, newest first; deleted and unpublished ones are not among them. Throws InvalidCursor. */
  async posts(query: PostQuery): Promise<PostPage> {
    const before = query.cursor === undefined ? undefined : decodeTexts(query.cursor, 2);
    const rows = await this.query<PostRow>(
      `${POST_ROWS} ${before ? `AND (${POSTED_AT}, p.external_id) < ($4, $5)` : ''}
       ORDER BY ${POSTED_AT} DESC, p.external_id DESC LIMIT $3`,
      [query.connectionId, query.metrics, query.limit + 1, ...(before ?? [])],
    );
    return toPage(rows, query.limit, (last) => [last.posted_at, last.external_id]);
  }

  /**
   * The same in the order of a count, the most first and those not counted last. Reads all posts of the account: counts
   * change with every run, and an index for each of them would cost every write.
   */
  async postsBy(sort: Exclude<PostSort, 'posted_at'>, query: PostQuery): Promise<PostPage> {
    const { condition, values } = below(sort, query.cursor);
    const rows = await this.query<PostRow>(
      `SELECT * FROM (${POST_ROWS}) posts WHERE ${condition}
       ORDER BY ${sort} DESC NULLS LAST, external_id DESC LIMIT $3`,
      [query.connectionId, query.metrics, query.limit + 1, ...values],
    );
    return toPage(rows, query.limit, (last) => [sort, last[sort] ?? '', last.external_id]);
  }
}

/** What comes after a cursor of `postsBy`: the order, the count ('' where there is none) and the id of the last post. */
function below(sort: string, cursor: string | undefined): { condition: string; values: string[] } {
  if (cursor === undefined) return { condition: 'true', values: [] };
  const [by, count = '', id = ''] = decodeTexts(cursor, 3);
  if (by !== sort || !/^(-?\d{1,30}(\.\d{1,30})?)?$/.test(count)) throw new InvalidCursor();
  if (count === '') return { condition: `${sort} IS NULL AND external_id < $4`, values: [id] };
  const condition = `(${sort} < $4::numeric OR ${sort} = $4::numeric AND external_id < $5 OR ${sort} IS NULL)`;
  return { condition, values: [count, id] };
}

type ActivityRow = Record<(typeof counts)[number], string | null>;
type PostRow = ActivityRow & { external_id: string; data: Record<string, unknown>; posted_at: string };

const parameters = ({ connectionId, stream, account, since }: Days) => [connectionId, stream, account, since];

const toNumber = (value: string | null): number | null => (value === null ? null : Number(value));

function toActivity({ likes, comments, shares, impressions }: ActivityRow): Activity {
  return {
    likes: toNumber(likes),
    comments: toNumber(comments),
    shares: toNumber(shares),
    impressions: toNumber(impressions),
  };
}

const toPost = (row: PostRow): StoredPost => ({
  externalId: row.external_id,
  data: row.data,
  postedAt: row.posted_at,
  ...toActivity(row),
});

function toPage(rows: PostRow[], limit: number, cursorOf: (last: PostRow) => readonly string[]): PostPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? encodeTexts(cursorOf(last)) : null;
  return { posts: page.map(toPost), nextCursor };
}
