import { useStore } from '../live/store';
import { duration } from '../ui/time-words';
import { useNow } from '../ui/use-now';
import { liveState } from './live-provider';
import styles from './as-of.module.css';

/** How fresh what is shown is: live, or as of when. `readAt`: epoch ms of the last answer. */
export function AsOf({ readAt }: { readonly readAt: number }) {
  const state = useStore(liveState);
  const isLive = state.name === 'live';
  const now = useNow(1_000);
  const age = Math.max(0, now - readAt);
  const asOf = age < 1_000 ? 'as of now' : `as of ${duration(age)} ago`;
  const word = isLive ? 'Live' : state.name === 'reconnecting' ? 'Reconnecting' : 'Not live';
  return (
    <span
      className={styles.asOf}
      data-live={isLive}
      title={isLive ? 'Changes are shown as they happen.' : asOf}
    >
      <span className={styles.dot} aria-hidden />
      {isLive ? word : `${word}, ${asOf}`}
    </span>
  );
}
