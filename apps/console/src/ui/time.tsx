import { clsx } from 'clsx';

import { absolute, duration, relative } from './time-words';
import { useNow } from './use-now';
import styles from './time.module.css';

interface TimeProps {
  /** RFC 3339, as the API tells times. */
  readonly at: string;
  readonly className?: string | undefined;
}

/** A time as people say it, such as “3 min ago”; it goes on by itself. The exact one on hover and for those who hear the page. */
export function RelativeTime({ at, className }: TimeProps) {
  const time = Date.parse(at);
  const rough = useNow(15_000);
  const isNear = Math.abs(rough - time) < 120_000;
  const exact = useNow(1_000, isNear);
  const now = isNear ? exact : rough;
  return (
    <time dateTime={at} title={absolute(at)} className={clsx(styles.time, className)}>
      {relative(time, now)}
    </time>
  );
}

/** A time that lies ahead, roughly: “in 57 min”; “any moment” once it has come. */
export function UpcomingTime({ at, className }: TimeProps) {
  const now = useNow(15_000);
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={absolute(at)} className={clsx(styles.time, className)}>
      {time <= now ? 'any moment' : relative(time, now)}
    </time>
  );
}

/** How long until a time that lies ahead, to the second below an hour: “in 4:05”. “now” once it has come. */
export function Countdown({ at, className }: TimeProps) {
  const now = useNow(1_000);
  const left = Date.parse(at) - now;
  return (
    <time dateTime={at} title={absolute(at)} className={clsx(styles.time, className)}>
      {left <= 0 ? 'now' : `in ${duration(left)}`}
    </time>
  );
}

/** How long a run took, or is taking. */
export function Duration({ from, to }: { readonly from: string; readonly to: string | null }) {
  const now = useNow(1_000, to === null);
  const end = to === null ? now : Date.parse(to);
  const took = Math.max(0, end - Date.parse(from));
  // Times are told in whole seconds: none between them is not nothing.
  return <span className={styles.time}>{took < 1_000 ? 'under 1 s' : duration(took)}</span>;
}

/** A day and time as written out, such as “12 June 2026, 18:04”. */
export function AbsoluteTime({ at, className }: TimeProps) {
  return (
    <time dateTime={at} title={at} className={clsx(styles.time, className)}>
      {absolute(at)}
    </time>
  );
}
