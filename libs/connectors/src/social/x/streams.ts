import type { Row, StreamDefinition } from '../../kit/stream.js';
import { valueAt } from '../../kit/value-at.js';
import { accountFault, problemIn } from './faults.js';
import { post, profile } from './rows.js';

const day = 86_400;

export const userFields =
  'created_at,description,location,profile_image_url,protected,public_metrics,url,verified,verified_type';

const postFields =
  'created_at,author_id,conversation_id,in_reply_to_user_id,lang,public_metrics,referenced_tweets,entities,' +
  'attachments,note_tweet,edit_history_tweet_ids';

/** X names follower counts of this moment only, so each day's profile is a record of its own. */
const profiles: StreamDefinition = {
  name: 'profile',
  primaryKey: ['id', 'snapshot_date'],
  full: [
    {
      name: 'profile',
      path: '/2/users/{accountId}',
      query: { 'user.fields': userFields },
      rows: 'data',
      pagination: { kind: 'none' },
      fault: accountFault,
    },
  ],
  sweep: false,
  record: profile,
};

const timeline = {
  name: 'timeline',
  path: '/2/users/{accountId}/tweets',
  query: { max_results: 100, 'tweet.fields': postFields, since_id: '{since}' },
  rows: 'data',
  rowsOptional: true,
  pagination: { kind: 'cursor', param: 'pagination_token', next: 'meta.next_token' },
  // An empty timeline has `meta` and no `data`; errors without `data` are a refusal.
  fault: (body: unknown) =>
    valueAt(body, 'data') === undefined && problemIn(body) !== undefined
      ? ({ kind: 'config', note: problemIn(body) ?? '' } as const)
      : undefined,
} as const;

const posts: StreamDefinition = {
  name: 'posts',
  primaryKey: 'root_id',
  cursor: { field: 'id', kind: 'id', format: 'id', overlapSeconds: 0, advance: 'seen' },
  full: [timeline],
  incremental: [
    timeline,
    // Metrics of a post move for weeks; each read of one costs money, so older posts rest.
    {
      name: 'refresh',
      path: '/2/tweets',
      query: { 'tweet.fields': postFields },
      rows: 'data',
      rowsOptional: true,
      pagination: {
        kind: 'stored',
        param: 'ids',
        size: 100,
        idField: 'id',
        field: 'created_at',
        maxAgeSeconds: 30 * day,
      },
      gone: deletedIds,
    },
  ],
  // The timeline reaches back 3,200 posts: what is missing there may still exist.
  sweep: false,
  record: post,
};

function deletedIds(body: unknown): string[] {
  const errors = valueAt(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return (errors as Row[])
    .filter((error) => problemIn({ type: error['type'] }) === 'resource-not-found')
    .map((error) => String(error['resource_id'] ?? error['value']));
}

export const streams: readonly StreamDefinition[] = [profiles, posts];
