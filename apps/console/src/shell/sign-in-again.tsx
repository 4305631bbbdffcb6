import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';

import { forgetCsrfToken, readSession } from '../api/session';
import { meQuery, type Me } from '../api/me';
import { signedOut } from '../api/signed-out';
import { useStore } from '../live/store';

const SignInDialog = lazy(() => import('./sign-in-dialog'));

/** How tabs tell each other that somebody signed in or out. */
const channel = new BroadcastChannel('session');

/** To be said once a page of somebody signed in is there. */
export const tellSignedIn = (): void => channel.postMessage('signed-in');
export const tellSignedOut = (): void => channel.postMessage('signed-out');

/**
 * Asks to sign in again over the page, which stays as it is: what was typed is not lost. The sign-in happens in a tab of its
 * own, which comes to this very page; as soon as it is done, this one goes on.
 */
export function SignInAgain() {
  const isOut = useStore(signedOut);
  const client = useQueryClient();
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const check = async () => {
      if (!signedOut.get()) return;
      const before = client.getQueryData<Me>(meQuery.queryKey);
      try {
        forgetCsrfToken();
        await readSession();
        const me = await client.fetchQuery({ ...meQuery, staleTime: 0 });
        // Another person, or another workspace: nothing on this page is theirs.
        if (before?.user_id !== me.user_id || before.workspace.id !== me.workspace.id)
          return location.reload();
        signedOut.set(false);
        setHidden(false);
        await client.invalidateQueries();
      } catch {
        // still signed out, or away: the dialog stays
      }
    };
    channel.onmessage = ({ data }) => {
      if (data === 'signed-out') return signedOut.set(true);
      void check();
    };
    const look = () => document.visibilityState === 'visible' && void check();
    document.addEventListener('visibilitychange', look);
    addEventListener('focus', look);
    return () => {
      channel.onmessage = null;
      document.removeEventListener('visibilitychange', look);
      removeEventListener('focus', look);
    };
  }, [client]);
  return <Suspense>{isOut && !hidden && <SignInDialog onClose={() => setHidden(true)} />}</Suspense>;
}
