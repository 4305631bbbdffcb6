import type { Pass, Row } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import type { SocialMetrics } from '../social.js';

/** A page's followers as they stood on the pass's day (UTC). */
export function followerCount(row: Row, pass: Pass): Row {
  return {
    ...row,
    organization: pass.account.externalId,
    snapshot_date: pass.upper.slice(0, 10),
    followers: row['firstDegreeSize'],
  };
}

/** One day's statistics under that day; a page's whole activity, where the answer has it, in our own terms. */
export function dailyStatistics(row: Row, pass: Pass): Row | undefined {
  const start = Number(textAt(row, 'timeRange.start'));
  if (!Number.isFinite(start)) return undefined;
  const total = valueAt(row, 'totalShareStatistics');
  return {
    ...row,
    organization: pass.account.externalId,
    day: new Date(start).toISOString().slice(0, 10),
    ...(total === undefined ? {} : { metrics: metricsOf(total) }),
  };
}

/** What one post has come to since it was published. */
export function postStatistics(row: Row): Row {
  return {
    ...row,
    post: textAt(row, 'share') ?? textAt(row, 'ugcPost'),
    metrics: metricsOf(valueAt(row, 'totalShareStatistics')),
  };
}

/** Drafts have no `created_at`: what nobody can see is no part of the feed. */
export function post(row: Row): Row {
  const at = Number(textAt(row, 'publishedAt') ?? textAt(row, 'createdAt'));
  const published = (textAt(row, 'lifecycleState') ?? 'PUBLISHED') === 'PUBLISHED';
  return published && Number.isFinite(at) ? { ...row, created_at: new Date(at).toISOString() } : row;
}

function metricsOf(statistics: unknown): SocialMetrics {
  const count = (name: string) => {
    const value = valueAt(statistics, name);
    return typeof value === 'number' ? value : null;
  };
  return {
    likes: count('likeCount'),
    comments: count('commentCount'),
    shares: count('shareCount'),
    impressions: count('impressionCount'),
  };
}
