import { useNavigate, useSearch } from '@tanstack/react-router';

import type { ConnectionSearch } from '../connection/connection-search';
import { oneOf } from '../search';
import {
  postMetrics,
  postSorts,
  trendMetrics,
  type PostMetric,
  type PostSort,
  type TrendMetric,
} from './metrics';
import type { Range } from './social-data';

interface SocialSearch {
  readonly range: Range;
  /** Of the trend. */
  readonly metric: TrendMetric;
  /** Of the scatter. */
  readonly plot: PostMetric;
  readonly scale: 'linear' | 'log';
  readonly sort: PostSort;
  readonly change: (part: Partial<Omit<SocialSearch, 'change'>>) => void;
}

const defaults = {
  range: '30d',
  metric: 'followers',
  plot: 'impressions',
  scale: 'linear',
  sort: 'posted_at',
};

/** What the social view keeps in the URL. */
export function useSocialSearch(): SocialSearch {
  const search: ConnectionSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    range: search.range ?? '30d',
    metric: oneOf(trendMetrics, search.metric) ?? 'followers',
    plot: oneOf(postMetrics, search.plot) ?? 'impressions',
    scale: search.scale ?? 'linear',
    sort: oneOf(postSorts, search.sort) ?? 'posted_at',
    change(part) {
      // What is so anyway need not stand in the URL.
      const said = Object.fromEntries(
        Object.entries(part).map(([name, value]) => [
          name,
          value === defaults[name as keyof typeof defaults] ? undefined : value,
        ]),
      );
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...said }),
        replace: true,
        // One is looking at what was changed.
        resetScroll: false,
      });
    },
  };
}
