import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';

import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import type { ActivePost } from './active-post';
import { PostRow } from './post-row';
import type { SocialPost } from './social-data';
import styles from './feed.module.css';

/** Frames in which a row that was scrolled to has to appear. */
const PATIENCE = 60;

export interface FeedHandle {
  /** Scrolls to a post that is loaded, and puts the focus there. */
  readonly reveal: (id: string) => void;
}

interface FeedProps {
  readonly ref: Ref<FeedHandle>;
  readonly posts: readonly SocialPost[];
  readonly total: number | null;
  readonly provider: string;
  readonly active: ActivePost;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly onMore: () => void;
}

/** Posts in a box of their own, loaded as one scrolls and drawn only where one looks. */
export function Feed(props: FeedProps) {
  const { ref, posts, total, provider, active, hasMore, isLoading, error, onMore } = props;
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  // eslint-disable-next-line react-hooks/incompatible-library -- its answers are used in this component only
  const virtualizer = useVirtualizer({
    count: posts.length,
    getScrollElement: () => box.current,
    estimateSize: () => 128,
    getItemKey: (index) => posts[index]?.id ?? index,
    overscan: 6,
  });
  const toggle = useCallback((id: string, next: boolean) => {
    setOpen((before) => {
      const after = new Set(before);
      if (next) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);

  useImperativeHandle(ref, () => ({
    reveal(id) {
      const index = posts.findIndex((post) => post.id === id);
      if (index === -1) return;
      virtualizer.scrollToIndex(index, { align: 'center' });
      focusSoon(`post-${id}`);
    },
  }));

  // Left to itself the browser glides, and stops where rows that it meets turn out to be higher than they were taken for.
  const jump = (event: KeyboardEvent) => {
    if (event.target !== box.current || (event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    virtualizer.scrollToIndex(event.key === 'Home' ? 0 : posts.length - 1);
  };

  const sentinel = useMore(box, hasMore && !isLoading && !error, onMore);
  const items = virtualizer.getVirtualItems();
  const padding = {
    paddingTop: items[0]?.start ?? 0,
    paddingBottom: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
  return (
    // A box that scrolls must be reachable by keys.
    <div
      ref={box}
      className={styles.box}
      role="region"
      aria-label="Posts, to scroll"
      tabIndex={0}
      onKeyDown={jump}
    >
      <div role="feed" aria-label="Posts" aria-busy={isLoading} style={padding} onKeyDown={walk}>
        {items.map(({ index }) => {
          const post = posts[index];
          if (!post) return null;
          return (
            <div key={post.id} data-index={index} ref={virtualizer.measureElement}>
              <PostRow
                post={post}
                position={index + 1}
                total={total ?? -1}
                provider={provider}
                active={active}
                isOpen={open.has(post.id)}
                onOpen={toggle}
              />
            </div>
          );
        })}
      </div>
      {error !== null && (
        <div className={styles.end}>
          <ErrorNotice error={error} what="Further posts could not be loaded." onRetry={onMore} />
        </div>
      )}
      {hasMore && !error && (
        <div ref={sentinel} className={styles.end}>
          <Button size="s" busy={isLoading} onClick={onMore}>
            Load more
          </Button>
        </div>
      )}
      {!hasMore && posts.length > 10 && <p className={styles.end}>That is all.</p>}
    </div>
  );
}

/** From post to post by Page Up and Page Down, as feeds are walked through. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const here = (event.target as HTMLElement).closest('article');
  if (!here || (event.key !== 'PageDown' && event.key !== 'PageUp')) return;
  const row = here.parentElement;
  const next = event.key === 'PageDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const article = next?.querySelector('article');
  if (!article) return;
  event.preventDefault();
  article.focus();
}

/** The row may be drawn some frames later only. */
function focusSoon(id: string, left = PATIENCE): void {
  const row = document.getElementById(id);
  if (row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  } else if (left > 0) {
    requestAnimationFrame(() => focusSoon(id, left - 1));
  }
}

/** Asks for more when the end of the list is about to be seen. */
function useMore(box: React.RefObject<HTMLElement | null>, wanted: boolean, onMore: () => void) {
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element || !wanted) return;
      const observer = new IntersectionObserver(
        ([entry]) => {
          if (entry?.isIntersecting) latest.current();
        },
        { root: box.current, rootMargin: '400px' },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [box, wanted],
  );
}
