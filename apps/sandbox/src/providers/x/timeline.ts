import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type ProviderState } from '../provider-state.js';
import { type Account } from './account.js';
import {
  BadParameter,
  idParameter,
  numberOf,
  only,
  type Query,
  timeParameter,
  wantedPostFields,
} from './fields.js';
import { kindOf, post, postId } from './posts.js';

/** How far back the timeline goes: the newest 3,200 posts, 800 when replies are left out. */
const depth = 3_200;
const depthWithoutReplies = 800;

/** A page of `GET /2/users/{id}/tweets`, newest first. */
export function timelinePage(account: Account, query: Query, state: ProviderState) {
  const limit = numberOf(query, 'max_results', 10, 5, 100);
  const exclude = (query.exclude ?? '').split(',').filter(Boolean);
  const sinceId = idParameter(query, 'since_id');
  const untilId = idParameter(query, 'until_id');
  // `since_id` wins over `start_time`.
  const since = sinceId === undefined ? timeParameter(query, 'start_time') : undefined;
  const until = timeParameter(query, 'end_time');
  const names = wantedPostFields(query);
  const [from, seenBefore] = position(account, query, state);
  let seen = seenBefore;
  const most = exclude.includes('replies') ? depthWithoutReplies : depth;
  const data: Record<string, unknown>[] = [];
  let nextToken: string | undefined;
  for (const index of account.posts.byId(from, true)) {
    if (seen >= most) break;
    const id = BigInt(postId(account, index));
    const { createdAt } = account.posts.state(index)!;
    // Ids and times fall together: nothing older can qualify.
    if ((sinceId !== undefined && id <= sinceId) || (since !== undefined && createdAt < since)) break;
    if (data.length === limit) {
      nextToken = encodeCursor(`${index}:${seen}`, account.id);
      break;
    }
    seen++;
    const kind = kindOf(account, index);
    const excluded =
      (kind === 'reply' && exclude.includes('replies')) ||
      (kind === 'retweet' && exclude.includes('retweets'));
    if (excluded || (untilId !== undefined && id >= untilId) || (until !== undefined && createdAt >= until))
      continue;
    data.push(only(post(account, index), names));
  }
  if (data.length === 0) return { meta: { result_count: 0 } };
  return {
    data,
    meta: {
      result_count: data.length,
      newest_id: data[0]!.id,
      oldest_id: data.at(-1)!.id,
      ...(nextToken !== undefined && { next_token: nextToken }),
    },
  };
}

function position(account: Account, query: Query, state: ProviderState): [from: number, seen: number] {
  const token = query.pagination_token;
  if (token === undefined) return [Infinity, 0];
  const found = decodeCursor(token, account.id, state.cutoff('expire_cursors', account.id));
  if (typeof found !== 'string') {
    throw new BadParameter(
      'pagination_token',
      token,
      `The \`pagination_token\` query parameter value [${token}] is not valid`,
    );
  }
  return found.split(':').map(Number) as [number, number];
}
