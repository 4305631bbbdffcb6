import type { ProviderAccount } from '../kit/definition.js';
import type { Row } from '../kit/stream.js';

/** Counts of a post or a day; null: the provider does not say. */
export interface SocialMetrics {
  readonly likes: number | null;
  readonly comments: number | null;
  readonly shares: number | null;
  readonly impressions: number | null;
}

/**
 * Where a social connector's records hold what the social view shows. The records themselves carry it in our own terms:
 * - followers: one record a day, id `<account>:<YYYY-MM-DD>`, `followers`;
 * - posts: the stream `posts`, `created_at` (ISO 8601 with milliseconds) of those in the feed;
 * - metrics: `metrics` ({@link SocialMetrics}), in the post itself or in a record of the same id;
 * - activity: one record a day, id `<account>:<YYYY-MM-DD>`, `metrics`. Absent: the provider tells of posts only, and a
 *   day is what the posts published on it have come to;
 * - follower gains: one record a day, id `<account>:<YYYY-MM-DD>`. Read from the provider's own fields, so that records which
 *   were stored before anybody asked for them count as well.
 */
export interface SocialDefinition {
  readonly followers: string;
  readonly metrics: string;
  readonly activity?: string;
  /** `fields`: paths of numbers which together are by how much the followers of a day changed. */
  readonly followerGains?: { readonly stream: string; readonly fields: readonly string[] };
  /** The account's page. */
  accountUrl(account: Pick<ProviderAccount, 'handle' | 'externalId'>): string;
  post(data: Row, account: Pick<ProviderAccount, 'handle' | 'externalId'>): SocialPost;
}

export interface SocialPost {
  readonly id: string;
  readonly text: string | null;
  readonly url: string | null;
}
