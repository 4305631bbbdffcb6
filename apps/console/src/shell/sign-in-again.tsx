import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';

import { answerOf, api } from '../api/client';
import { forgetCsrfToken, readSession } from '../api/session';
import { meQuery, type Me } from '../api/me';
import { signedOut } from '../api/signed-out';
import { useStore } from '../live/store';

const SignInDialog = lazy(() => import('./sign-in-dialog'));

/** How tabs tell each other that somebody signed in or out. */
const channel = new BroadcastChannel('session');

const tellSignedIn = (): void => channel.postMessage('signed-in');
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
    /** `always`: somebody signed in in another tab, perhaps as another person or to another workspace. */
    const check = async (always = false) => {
      const wasOut = signedOut.get();
      if (!wasOut && !always) return;
      const before = client.getQueryData<Me>(meQuery.queryKey);
      try {
        forgetCsrfToken();
        await readSession();
        const me = await answerOf(api.GET('/api/platform/v1/me'));
        // Nothing on this page is theirs.
        if (before?.user_id !== me.user_id || before.workspace.id !== me.workspace.id)
          return location.reload();
        client.setQueryData(meQuery.queryKey, me);
        if (!wasOut) return;
        signedOut.set(false);
        setHidden(false);
        await client.invalidateQueries();
      } catch {
        // still signed out, or away: the dialog stays
      }
    };
    channel.onmessage = ({ data }) => {
      if (data === 'signed-out') return signedOut.set(true);
      void check(true);
    };
    tellSignedIn();
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
