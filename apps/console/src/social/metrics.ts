import { count } from '../ui/count';
import type { SocialPost } from './social-data';

export const postMetrics = ['impressions', 'likes', 'comments', 'shares'] as const;
export type PostMetric = (typeof postMetrics)[number];

export const trendMetrics = ['followers', ...postMetrics, 'rate'] as const;
export type TrendMetric = (typeof trendMetrics)[number];

export const postSorts = ['posted_at', ...postMetrics] as const;
export type PostSort = (typeof postSorts)[number];

export const metricWords: Readonly<Record<TrendMetric, string>> = {
  followers: 'Followers',
  impressions: 'Impressions',
  likes: 'Likes',
  comments: 'Comments',
  shares: 'Shares',
  rate: 'Engagement rate',
};

/** How the rate is made, for whoever reads the number. */
export const RATE_FORMULA = 'Likes, comments and shares per impression';

const percentFormat = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 2 });

/** “4.52%”; “not known” for null, never 0. */
export const percent = (value: number | null): string =>
  value === null ? 'not known' : percentFormat.format(value);

/** A value of a metric as it is read. */
export const metricValue = (metric: TrendMetric, value: number | null): string =>
  metric === 'rate' ? percent(value) : count(value);

/** “345 likes”, “impressions not known”. */
export function metricPhrase(metric: TrendMetric, value: number | null): string {
  const word = metricWords[metric].toLowerCase();
  if (value === null) return `${word} not known`;
  if (metric === 'rate') return `${percent(value)} ${word}`;
  return `${count(value)} ${value === 1 ? word.replace(/s$/, '') : word}`;
}

export const valueOf = (post: SocialPost, metric: PostMetric): number | null => post[metric];
