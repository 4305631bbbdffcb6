import { ExternalLink, Eye, Heart, MessageCircle, Repeat2, type LucideIcon } from 'lucide-react';
import { useCallback, useState } from 'react';

import { count } from '../ui/count';
import { Button } from '../ui/button';
import { absolute, dayAndClock } from '../ui/time-words';
import { useIsActive, type ActivePost } from './active-post';
import { metricWords, postMetrics, type PostMetric } from './metrics';
import type { SocialPost } from './social-data';
import styles from './feed.module.css';

const icons: Readonly<Record<PostMetric, LucideIcon>> = {
  impressions: Eye,
  likes: Heart,
  comments: MessageCircle,
  shares: Repeat2,
};

interface PostRowProps {
  readonly post: SocialPost;
  readonly position: number;
  /** How many there are; -1 where that is not known. */
  readonly total: number;
  readonly provider: string;
  readonly active: ActivePost;
  readonly isOpen: boolean;
  readonly onOpen: (id: string, open: boolean) => void;
}

/** A post of the feed: its words, its time, its numbers. */
export function PostRow({ post, position, total, provider, active, isOpen, onOpen }: PostRowProps) {
  const isActive = useIsActive(active, post.id);
  const [text, isCut] = useIsCut();
  const { id, url, posted_at: at } = post;
  return (
    <article
      id={`post-${id}`}
      className={styles.post}
      tabIndex={-1}
      aria-posinset={position}
      aria-setsize={total}
      aria-labelledby={`post-${id}-time`}
      data-active={isActive || undefined}
      onPointerEnter={() => active.set(id)}
      onPointerLeave={() => active.set(null)}
      onFocus={() => active.set(id)}
      onBlur={() => active.set(null)}
    >
      <div className={styles.head}>
        <time id={`post-${id}-time`} dateTime={at} title={absolute(at)}>
          {dayAndClock(at)}
        </time>
        {url && (
          <a href={url} target="_blank" rel="noreferrer" aria-describedby={`post-${id}-time`}>
            Open on {provider}
            <ExternalLink size={12} aria-hidden />
          </a>
        )}
      </div>
      {post.text ? (
        <p ref={text} className={styles.text} dir="auto" data-open={isOpen || undefined}>
          {post.text}
        </p>
      ) : (
        <p className={styles.wordless}>No text.</p>
      )}
      {(isCut || isOpen) && (
        <Button
          look="quiet"
          size="s"
          className={styles.more}
          aria-expanded={isOpen}
          onClick={() => onOpen(id, !isOpen)}
        >
          {isOpen ? 'Show less' : 'Show all'}
        </Button>
      )}
      <dl className={styles.numbers}>
        {postMetrics.map((metric) => {
          const Icon = icons[metric];
          return (
            <div key={metric} title={metricWords[metric]}>
              <dt>
                <Icon size={14} aria-hidden />
                <span className="visually-hidden">{metricWords[metric]}</span>
              </dt>
              <dd data-unknown={post[metric] === null || undefined}>{count(post[metric])}</dd>
            </div>
          );
        })}
      </dl>
    </article>
  );
}

/** Whether some of a text's lines are hidden. */
function useIsCut() {
  const [isCut, setIsCut] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(() => setIsCut(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, isCut] as const;
}
