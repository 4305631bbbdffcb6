import { getRouteApi } from '@tanstack/react-router';
import { CircleAlert, Info, LogIn } from 'lucide-react';
import { useEffect, useState } from 'react';

import { signInUrl } from '../api/session';
import { buttonClass } from '../ui/button';
import { duration } from '../ui/time-words';
import { useNow } from '../ui/use-now';
import { faults, reasons } from './sign-in-words';
import styles from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

/** One button, why one is here, and what went wrong the last time. */
export default function SignInPage() {
  const { return_to: returnTo = '/connections', error, reason, retry_after: retryAfter } = route.useSearch();
  useEffect(() => {
    document.title = 'Sign in · Connections';
  }, []);
  const fault = error === undefined ? undefined : (faults[error] ?? faults.failed);
  const why = reason ? reasons[reason] : returnTo === '/connections' ? undefined : reasons.page;
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <img src="/favicon.svg" width={44} height={44} alt="" />
        <h1>Sign in to Connections</h1>
        <p className={styles.lead}>Hook up your workspace’s data, and see at a glance whether it flows.</p>
        {fault && (
          <div className={styles.fault} role="alert">
            <CircleAlert size={18} aria-hidden />
            <div>
              <p className={styles.faultTitle}>{fault.title}</p>
              <p>{fault.text}</p>
            </div>
          </div>
        )}
        {!fault && why && (
          <p className={styles.why}>
            <Info size={16} aria-hidden />
            {why}
          </p>
        )}
        {error !== 'not_configured' && <SignInButton returnTo={returnTo} afterS={Number(retryAfter ?? 0)} />}
        <p className={styles.foot}>You sign in with your organisation’s identity provider.</p>
      </div>
    </main>
  );
}

/** Waits as long as the provider asked to be left alone. */
function SignInButton({ returnTo, afterS }: { readonly returnTo: string; readonly afterS: number }) {
  const [since] = useState(() => Date.now());
  const now = useNow(1_000, afterS > 0);
  const left = afterS > 0 ? since + afterS * 1000 - now : 0;
  if (left > 0) {
    return (
      <button type="button" className={buttonClass('primary')} disabled>
        Sign in again in {duration(left)}
      </button>
    );
  }
  return (
    // The one thing to do here: Enter does it at once.
    <a className={buttonClass('primary')} href={signInUrl(returnTo)} ref={(link) => link?.focus()}>
      <LogIn size={16} aria-hidden />
      Sign in
    </a>
  );
}
