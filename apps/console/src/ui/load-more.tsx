import { Button } from './button';
import { ErrorNotice } from './error-notice';
import styles from './load-more.module.css';

interface LoadMoreProps {
  /** An infinite query whose first page is there. */
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly error: Error | null;
    readonly fetchNextPage: () => unknown;
  };
  /** What is shown so far, such as “25 runs”. */
  readonly shown: string;
}

/** The foot of a list that is read page by page. */
export function LoadMore({ query, shown }: LoadMoreProps) {
  if (query.isFetchNextPageError) {
    return (
      <div className={styles.more}>
        <ErrorNotice
          error={query.error}
          what="The rest could not be loaded."
          onRetry={() => void query.fetchNextPage()}
        />
      </div>
    );
  }
  if (!query.hasNextPage) return null;
  return (
    <div className={styles.more}>
      <span>{shown} shown</span>
      <Button size="s" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Load more
      </Button>
    </div>
  );
}
