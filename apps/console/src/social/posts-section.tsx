import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { MessageSquareOff } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';

import type { Connection } from '../api/connections';
import { createStore } from '../live/store';
import { announce } from '../ui/announce';
import { Button } from '../ui/button';
import { count, plural } from '../ui/count';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { SelectField } from '../ui/field';
import { Section } from '../ui/page';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { Feed, type FeedHandle } from './feed';
import { metricWords, postMetrics, postSorts } from './metrics';
import { PostsTable } from './posts-table';
import { postsQuery, postTotalQuery, type SocialPost } from './social-data';
import { useSocialSearch } from './social-search';
import { TableSwitch } from './trend-section';
import styles from './social.module.css';

const ScatterChart = lazy(() => import('./charts/scatter-chart'));

/** The chart loads so many by itself; further ones when asked to. */
const PLOTTED = 1_000;
const HEIGHT = 360;

/** All posts, as dots and as a feed; what is pointed at in one is marked in the other. */
export function PostsSection({
  connection,
  provider,
}: {
  readonly connection: Connection;
  readonly provider: string;
}) {
  const { id } = connection;
  const { plot, scale, sort, change } = useSocialSearch();
  const client = useQueryClient();
  const total = useQuery(postTotalQuery(id)).data ?? null;
  const [active] = useState(() => createStore<string | null>(null));
  const [wanted, setWanted] = useState(PLOTTED);
  const feed = useRef<FeedHandle>(null);
  // An object, so that the same post can be asked for twice.
  const [wantedPost, setWantedPost] = useState<{ readonly id: string } | null>(null);

  const latest = useInfiniteQuery(postsQuery(id, 'posted_at'));
  const sorted = useInfiniteQuery(postsQuery(id, sort));
  const plotted = usePosts(latest.data?.pages);
  const listed = usePosts(sorted.data?.pages);

  const { fetchNextPage, hasNextPage, isFetchingNextPage, isError } = latest;
  const mustLoad = plotted.length < wanted && hasNextPage && !isFetchingNextPage && !isError;
  useEffect(() => {
    if (mustLoad) void fetchNextPage({ cancelRefetch: false });
  }, [mustLoad, fetchNextPage]);

  const reveal = useCallback(
    async (post: string) => {
      // Sorted by a number it may be far down: read on until it is there.
      const isLoaded = () =>
        client
          .getQueryData(postsQuery(id, sort).queryKey)
          ?.pages.some((page) => page.posts.some((one) => one.id === post)) === true;
      if (!isLoaded()) announce('Looking for the post in the feed.');
      for (let more = true; more && !isLoaded();) {
        const result = await sorted.fetchNextPage({ cancelRefetch: false });
        more = result.hasNextPage && !result.isError;
      }
      setWantedPost({ id: post });
    },
    [client, id, sort, sorted],
  );
  useEffect(() => {
    if (wantedPost) feed.current?.reveal(wantedPost.id);
  }, [wantedPost]);

  if (latest.isPending) {
    return (
      <Section title="Posts">
        <Skeleton rows={4} height="4rem" />
      </Section>
    );
  }
  if (latest.isError && plotted.length === 0)
    return (
      <ErrorNotice
        error={latest.error}
        what="The posts could not be loaded."
        onRetry={() => void latest.refetch()}
      />
    );
  if (plotted.length === 0) return <NoPosts connection={connection} />;
  return (
    <div className={styles.posts}>
      <Section
        title="Posts by time"
        aside={
          <Segmented
            label="Metric of the posts"
            options={postMetrics.map((metric) => [metric, metricWords[metric]] as const)}
            value={plot}
            onChange={(next) => change({ plot: next })}
          />
        }
      >
        <Scatter
          posts={plotted}
          metric={plot}
          scale={scale}
          total={hasNextPage ? total : plotted.length}
          hasMore={hasNextPage}
          isLoading={isFetchingNextPage}
          active={active}
          onOpen={(post) => void reveal(post)}
          onScale={(next) => change({ scale: next })}
          onMore={() => setWanted(plotted.length + PLOTTED)}
        />
        {latest.isError && (
          <ErrorNotice
            error={latest.error}
            what="Not all posts could be loaded."
            onRetry={() => void fetchNextPage()}
          />
        )}
      </Section>
      <div className={styles.feed}>
        <Section
          flush
          title="Feed"
          aside={
            <SelectField
              hideLabel
              label="Sort posts by"
              value={sort}
              onChange={(event) => change({ sort: postSorts.find((each) => each === event.target.value)! })}
            >
              {postSorts.map((each) => (
                <option key={each} value={each}>
                  {each === 'posted_at' ? 'Latest first' : `Most ${metricWords[each].toLowerCase()}`}
                </option>
              ))}
            </SelectField>
          }
        >
          {sorted.isPending ? (
            <div className={styles.padded}>
              <Skeleton rows={5} height="5rem" />
            </div>
          ) : (
            <Feed
              key={sort}
              ref={feed}
              posts={listed}
              total={sorted.hasNextPage ? total : listed.length}
              provider={provider}
              active={active}
              hasMore={sorted.hasNextPage}
              isLoading={sorted.isFetchingNextPage}
              error={sorted.isError ? sorted.error : null}
              onMore={() => void sorted.fetchNextPage({ cancelRefetch: false })}
            />
          )}
        </Section>
      </div>
    </div>
  );
}

/** The pages one after the other; a post that moved while they were read is there once. */
function usePosts(pages: readonly { readonly posts: readonly SocialPost[] }[] | undefined): SocialPost[] {
  return useMemo(
    () => [...new Map((pages ?? []).flatMap(({ posts }) => posts).map((post) => [post.id, post])).values()],
    [pages],
  );
}

interface ScatterProps extends Pick<
  React.ComponentProps<typeof ScatterChart>,
  'metric' | 'scale' | 'active' | 'onOpen'
> {
  /** Latest first. */
  readonly posts: readonly SocialPost[];
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onScale: (scale: 'linear' | 'log') => void;
  readonly onMore: () => void;
}

function Scatter({ posts, total, hasMore, isLoading, onScale, onMore, ...chart }: ScatterProps) {
  const { metric } = chart;
  const [asTable, setAsTable] = useState(false);
  const help = useId();
  const counted = useMemo(() => posts.filter((post) => post[metric] !== null).reverse(), [posts, metric]);
  const uncounted = posts.length - counted.length;
  const word = metricWords[metric].toLowerCase();
  return (
    <figure className={styles.figure}>
      {counted.length === 0 ? (
        <p className={styles.nothing}>{metricWords[metric]}: not known for any of these posts.</p>
      ) : asTable ? (
        <PostsTable posts={posts} metric={metric} />
      ) : (
        <Suspense fallback={<Skeleton rows={1} height={`${HEIGHT}px`} />}>
          <ScatterChart {...chart} posts={counted} height={HEIGHT} describedBy={help} />
        </Suspense>
      )}
      <span id={help} className="visually-hidden">
        Arrows go from post to post in the order of time; Enter goes to the post in the feed.
      </span>
      <figcaption className={styles.caption}>
        <span>
          {shownOf(posts.length, hasMore, total)}
          {uncounted > 0 &&
            ` ${plural(uncounted, 'post')} without known ${word} ${uncounted === 1 ? 'is' : 'are'} not drawn.`}
        </span>
        <span className={styles.tools}>
          {hasMore && (posts.length >= PLOTTED || isLoading) && (
            <Button look="quiet" size="s" busy={isLoading} onClick={onMore}>
              Load {count(total === null ? PLOTTED : Math.min(PLOTTED, total - posts.length))} more
            </Button>
          )}
          {!asTable && counted.length > 0 && (
            <Segmented
              label="Scale"
              options={[
                ['linear', 'Linear'],
                ['log', 'Log'],
              ]}
              value={chart.scale}
              onChange={onScale}
            />
          )}
          {counted.length > 0 && <TableSwitch shown={asTable} onChange={setAsTable} />}
        </span>
      </figcaption>
    </figure>
  );
}

function shownOf(shown: number, hasMore: boolean, total: number | null): string {
  if (!hasMore) return shown === 1 ? 'The only post.' : `All ${count(shown)} posts.`;
  return total === null
    ? `The latest ${count(shown)} posts.`
    : `The latest ${count(shown)} of ${count(total)} posts.`;
}

function NoPosts({
  connection: { last_error: error, is_syncing: isSyncing },
}: {
  readonly connection: Connection;
}) {
  if (error)
    return (
      <Section title="Posts">
        <EmptyState icon={MessageSquareOff} title="No posts could be read">
          The last sync could not read them. Why, and what to do, is said at the top of this page.
        </EmptyState>
      </Section>
    );
  return (
    <Section title="Posts">
      <EmptyState icon={MessageSquareOff} title="No posts yet">
        {isSyncing
          ? 'The sync that is running may bring some.'
          : 'The account has not posted anything. What it posts is shown after the next sync.'}
      </EmptyState>
    </Section>
  );
}
