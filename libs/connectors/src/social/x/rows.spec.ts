import type { Pass, Row } from '../../kit/stream.js';
import { post, profile } from './rows.js';

const pass: Pass = { account: { externalId: '17', label: '@acme' }, upper: '2026-08-03T23:59:59.000Z' };
const public_metrics = {
  retweet_count: 3,
  reply_count: 1,
  like_count: 20,
  quote_count: 2,
  bookmark_count: 2,
  impression_count: 990,
};
const metrics = (row: Row) => post({ id: '5', ...row })['metrics'];
const unknown = { likes: null, comments: null, shares: null, impressions: null };

describe('a post of X', () => {
  it('has its counts in our terms, under either of X’s names', () => {
    const expected = { likes: 20, comments: 1, shares: 5, impressions: 990 };
    expect(metrics({ public_metrics })).toEqual(expected);
    const { retweet_count, ...rest } = public_metrics;
    expect(metrics({ public_metrics: { ...rest, repost_count: retweet_count } })).toEqual(expected);
  });

  it('that repeats another has none: X tells the original’s', () => {
    const referenced_tweets = [{ type: 'retweeted', id: '1' }];
    expect(metrics({ public_metrics, referenced_tweets })).toEqual(unknown);
    expect(metrics({ public_metrics, referenced_posts: [{ type: 'reposted', id: '1' }] })).toEqual(unknown);
    expect(metrics({ public_metrics, referenced_tweets: [{ type: 'quoted', id: '1' }] })).not.toEqual(
      unknown,
    );
  });

  it('of which X does not tell has null, never 0', () => {
    expect(metrics({})).toEqual(unknown);
    expect(metrics({ public_metrics: { quote_count: 2, like_count: 'many' } })).toEqual({
      ...unknown,
      shares: 2,
    });
  });

  it('is one post, whatever the version', () => {
    expect(post({ id: '9', edit_history_tweet_ids: ['5', '9'] })).toMatchObject({ root_id: '5' });
    expect(post({ id: '9' })).toMatchObject({ root_id: '9' });
  });
});

describe('a profile of X', () => {
  it('is one of its day (UTC), with the followers of that day', () => {
    const row = { id: '17', public_metrics: { followers_count: 5_021 } };
    expect(profile(row, pass)).toMatchObject({ snapshot_date: '2026-08-03', followers: 5_021 });
    expect(profile({ id: '17' }, pass)).not.toHaveProperty('followers');
  });
});
