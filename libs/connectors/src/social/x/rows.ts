import type { Pass, Row } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import type { SocialMetrics } from '../social.js';

/** Names as of the specification of 2026-08-07 → the ones that everything else here reads. */
const renamed: Readonly<Record<string, string>> = {
  post_count: 'tweet_count',
  repost_count: 'retweet_count',
  referenced_posts: 'referenced_tweets',
  edit_history_post_ids: 'edit_history_tweet_ids',
};

/** The account as it stood on the pass's day (UTC). */
export function profile(row: Row, pass: Pass): Row {
  const named = withOldNames(row);
  const followers = valueAt(named, 'public_metrics.followers_count');
  return {
    ...named,
    snapshot_date: pass.upper.slice(0, 10),
    ...(followers === undefined ? {} : { followers }),
  };
}

/** A post under the id of its first version: each edit has an id of its own, and is the same post. */
export function post(row: Row): Row {
  const named = withOldNames(row);
  const root_id = textAt(named, 'edit_history_tweet_ids.0') ?? textAt(named, 'id');
  return { ...named, root_id, metrics: metricsOf(named) };
}

/** A repost bears the counts of what it repeats, which are somebody else's. */
function metricsOf(row: Row): SocialMetrics {
  const references = valueAt(row, 'referenced_tweets');
  const isRepost =
    Array.isArray(references) &&
    (references as Row[]).some(({ type }) => type === 'retweeted' || type === 'reposted');
  const count = (name: string) => {
    const value = isRepost ? undefined : valueAt(row, `public_metrics.${name}`);
    return typeof value === 'number' ? value : null;
  };
  const [reposts, quotes] = [count('retweet_count'), count('quote_count')];
  return {
    likes: count('like_count'),
    comments: count('reply_count'),
    shares: reposts === null ? quotes : reposts + (quotes ?? 0),
    impressions: count('impression_count'),
  };
}

function withOldNames(row: Row): Row {
  const metrics = row['public_metrics'];
  const named = rename(row);
  return typeof metrics === 'object' && metrics !== null
    ? { ...named, public_metrics: rename(metrics as Row) }
    : named;
}

const rename = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [renamed[name] ?? name, value]));
