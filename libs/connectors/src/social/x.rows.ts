import type { Pass, Row } from '../kit/stream.js';
import { textAt } from '../kit/value-at.js';

/** Names as of the specification of 2026-08-07 → the ones that everything else here reads. */
const renamed: Readonly<Record<string, string>> = {
  post_count: 'tweet_count',
  repost_count: 'retweet_count',
  referenced_posts: 'referenced_tweets',
  edit_history_post_ids: 'edit_history_tweet_ids',
};

/** The account as it stood on the pass's day (UTC). */
export function profile(row: Row, pass: Pass): Row {
  return { ...withOldNames(row), snapshot_date: pass.upper.slice(0, 10) };
}

/** A post under the id of its first version: each edit has an id of its own, and is the same post. */
export function post(row: Row): Row {
  const named = withOldNames(row);
  return { ...named, root_id: textAt(named, 'edit_history_tweet_ids.0') ?? textAt(named, 'id') };
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
