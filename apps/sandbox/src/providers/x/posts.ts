import * as words from '../../data/words.js';
import { type Account } from './account.js';

/** 2010-11-04, from which X counts the milliseconds inside an id. */
const idEpoch = 1_288_834_974_657;

/** The id of a post: its instant and 22 bits to tell posts of one instant apart. Longer than a double holds. */
export function postId(account: Account, index: number): string {
  const { createdAt } = account.posts.state(index)!;
  const isCreated = index >= account.posts.size;
  const low = isCreated ? index : account.postFields(createdAt, index).int(0, 1 << 22);
  return String((BigInt(createdAt - idEpoch) << 22n) | BigInt(low & 0x3fffff));
}

/** The index of a live post, or undefined. */
export function findPost(account: Account, id: string): number | undefined {
  const { posts } = account;
  const at = Number(BigInt(id) >> 22n) + idEpoch;
  const candidates = [posts.timeline.firstAtOrAfter(at, posts.size)];
  for (let index = posts.size; index < posts.end; index++) candidates.push(index);
  return candidates.find((index) => posts.isLive(index) && postId(account, index) === id);
}

/** What a post is: `exclude` may leave out the last two. */
export function kindOf(account: Account, index: number): 'original' | 'reply' | 'retweet' {
  const { createdAt } = account.posts.state(index)!;
  const draw = account.postFields(createdAt, index).int(1, 100);
  return draw < 12 ? 'reply' : draw < 20 ? 'retweet' : 'original';
}

/** The post object with everything in it; what is not known is left out, never null. */
export function post(account: Account, index: number) {
  const state = account.posts.state(index)!;
  const fields = account.postFields(state.createdAt, index);
  const id = postId(account, index);
  const kind = kindOf(account, index);
  const other = String(1_500_000_000_000_000_000n + BigInt(fields.int(2, 2 ** 31)));
  const body = fields.pick(3, words.posts);
  const isLong = kind === 'original' && fields.chance(4, 6);
  const long = `${body} ${words.sentences.join(' ')} ${words.sentences.join(' ')}`;
  const isRetweet = kind === 'retweet';
  const count = (field: number, below: number) => fields.int(field, below);
  return {
    id,
    text: isRetweet
      ? `RT @partner: ${body}`
      : kind === 'reply'
        ? `@partner ${body}`
        : isLong
          ? `${long.slice(0, 270)}…`
          : body,
    created_at: new Date(state.createdAt).toISOString(),
    author_id: account.id,
    conversation_id: kind === 'reply' ? other : id,
    ...(kind === 'reply' && { in_reply_to_user_id: '783214' }),
    lang: fields.pick(5, ['en', 'de', 'ja']),
    ...(account.isMeasured(index) && {
      public_metrics: {
        retweet_count: count(6, 60) + state.version,
        reply_count: isRetweet ? 0 : count(7, 30),
        like_count: isRetweet ? 0 : count(8, 900) + 7 * state.version,
        quote_count: isRetweet ? 0 : count(9, 12),
        bookmark_count: isRetweet ? 0 : count(10, 40),
        impression_count: isRetweet ? 0 : 1_000 + count(11, 90_000) + 500 * state.version,
      },
    }),
    ...(kind !== 'original' && {
      referenced_tweets: [{ type: kind === 'reply' ? 'replied_to' : 'retweeted', id: other }],
    }),
    ...(isLong && { note_tweet: { text: long } }),
    edit_history_tweet_ids: [id],
  };
}
