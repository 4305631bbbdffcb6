import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';

import { useStore } from '../live/store';
import { announce } from '../ui/announce';
import { RelativeTime } from '../ui/time';
import { liveState } from './live-provider';
import styles from './connection-lost.module.css';

/** A stream that is renewed at once is nothing to tell of. */
const SAY_AFTER_MS = 3_000;

/** Says that what is shown may be old, while the server cannot be heard. */
export function ConnectionLost() {
  const state = useStore(liveState);
  return state.name === 'reconnecting' ? <Banner since={state.since} /> : null;
}

function Banner({ since }: { readonly since: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let said = false;
    const timer = setTimeout(() => {
      said = true;
      setShown(true);
      announce('Reconnecting. What is shown may be out of date.');
    }, SAY_AFTER_MS);
    return () => {
      clearTimeout(timer);
      if (said) announce('Connected again. What is shown is live.');
    };
  }, []);
  if (!shown) return null;
  return (
    <p className={styles.banner}>
      <WifiOff size={16} aria-hidden />
      <span>
        Reconnecting. What is shown is as of <RelativeTime at={new Date(since).toISOString()} /> and may have
        changed.
      </span>
    </p>
  );
}
