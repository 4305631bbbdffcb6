import { decodeTexts, encodeTexts } from './record-cursor.js';
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
  async posts(query: {
    readonly connectionId: string;
    readonly metrics: string;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<PostPage> {
    const before = query.cursor === undefined ? undefined : decodeTexts(query.cursor);
    const rows = await this.query<PostRow>(
      `SELECT p.external_id, p.data, ${POSTED_AT} AS posted_at,
         ${counts.map((name) => `${metric('m', name)} AS ${name}`).join(', ')}
       FROM records p ${METRICS}
       WHERE ${POSTS} AND ${POSTED_AT} IS NOT NULL
         ${before ? `AND (${POSTED_AT}, p.external_id) < ($4, $5)` : ''}
       ORDER BY ${POSTED_AT} DESC, p.external_id DESC LIMIT $3`,
      [query.connectionId, query.metrics, query.limit + 1, ...(before ?? [])],
    );
    const posts = rows.slice(0, query.limit).map(toPost);
    const last = posts.at(-1);
    const nextCursor =
      rows.length > query.limit && last ? encodeTexts([last.postedAt, last.externalId]) : null;
    return { posts, nextCursor };
  }
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
