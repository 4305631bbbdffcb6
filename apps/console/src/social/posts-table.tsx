import { clsx } from 'clsx';
import { useState } from 'react';

import { Button } from '../ui/button';
import { NumberCell, NumberHead, Table } from '../ui/table';
import { absolute, dayAndClock } from '../ui/time-words';
import { metricValue, metricWords, type PostMetric } from './metrics';
import type { SocialPost } from './social-data';
import styles from './social.module.css';

/** So many rows at a time: a page of thousands of rows is slow, and read by nobody. */
const STEP = 100;

/** What the scatter shows, in rows, the latest post first. */
export function PostsTable({
  posts,
  metric,
}: {
  readonly posts: readonly SocialPost[];
  readonly metric: PostMetric;
}) {
  const [shown, setShown] = useState(STEP);
  return (
    <div className={clsx(styles.table, styles.tall)}>
      <Table label={`Posts by time and ${metricWords[metric].toLowerCase()}`}>
        <thead>
          <tr>
            <th scope="col">Posted</th>
            <th scope="col">Post</th>
            <NumberHead>{metricWords[metric]}</NumberHead>
          </tr>
        </thead>
        <tbody>
          {posts.slice(0, shown).map((post) => (
            <tr key={post.id}>
              <th scope="row">
                <time dateTime={post.posted_at} title={absolute(post.posted_at)}>
                  {dayAndClock(post.posted_at)}
                </time>
              </th>
              <td dir="auto">{excerpt(post.text)}</td>
              <NumberCell>{metricValue(metric, post[metric])}</NumberCell>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown < posts.length && (
        <Button size="s" onClick={() => setShown(shown + STEP)}>
          Show {STEP} more rows
        </Button>
      )}
    </div>
  );
}

const excerpt = (text: string | null): string =>
  text === null ? 'No text' : text.length > 80 ? `${text.slice(0, 79)}…` : text;
