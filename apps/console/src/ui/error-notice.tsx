import { CircleAlert, RotateCw } from 'lucide-react';
import { useState } from 'react';

import { ApiError } from '../api/errors';
import { Button } from './button';
import { CopyText } from './copy-text';
import { duration } from './time-words';
import { useNow } from './use-now';
import styles from './error-notice.module.css';

interface ErrorNoticeProps {
  readonly error: unknown;
  /** What could not be done or shown: “The runs could not be loaded.” */
  readonly what?: string;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, in the API's words, with what support needs, and a way to try again. */
export function ErrorNotice({ error, what, onRetry }: ErrorNoticeProps) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={18} aria-hidden />
      <div className={styles.body}>
        {what && <p className={styles.what}>{what}</p>}
        <p>{known?.message ?? 'Something went wrong on this page. Try again, or reload it.'}</p>
        {known && (
          <p className={styles.facts}>
            <code>{known.code}</code>
            {known.requestId && <CopyText text={known.requestId} label="request id" />}
          </p>
        )}
      </div>
      {onRetry && (
        <Retry key={known?.requestId ?? known?.code} afterS={known?.retryAfterS ?? 0} onRetry={onRetry} />
      )}
    </div>
  );
}

/** Waits as long as the server asked to be left alone. */
function Retry({ afterS, onRetry }: { readonly afterS: number; readonly onRetry: () => void }) {
  const [from] = useState(() => Date.now());
  const now = useNow(1_000, afterS > 0);
  const left = afterS > 0 ? from + afterS * 1000 - now : 0;
  return (
    <Button size="s" icon={RotateCw} onClick={onRetry} disabled={left > 0}>
      {left > 0 ? `Retry in ${duration(left)}` : 'Retry'}
    </Button>
  );
}
