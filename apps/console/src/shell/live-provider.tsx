import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { useMe } from '../api/me';
import { noteSignedOut } from '../api/signed-out';
import type { LiveState } from '../live/messages';
import { EventMerger } from '../live/merge-events';
import { SharedStream } from '../live/shared-stream';
import { createStore } from '../live/store';

export const liveState = createStore<LiveState>({ name: 'connecting', since: Date.now() });

/** While there is no stream, what is shown is read again as often as this. */
const POLL_MS = 20_000;

/** Follows the live events of who is signed in, and says how that goes. */
export function LiveProvider() {
  const client = useQueryClient();
  const { user_id: user, workspace } = useMe();
  useEffect(() => {
    const merger = new EventMerger(client);
    const startedAt = Date.now();
    let heard = false;
    const stream = new SharedStream(`${workspace.id} ${user}`, {
      onEvent: (type, data) => merger.take(type, data),
      onSignedOut: noteSignedOut,
      onState(state) {
        // What was read before the stream stood may have changed in between; later gaps the stream itself makes good.
        if (state.name === 'live' && !heard && state.since > startedAt) void merger.readAgain();
        heard ||= state.name === 'live';
        // Taken away or given back while nothing could tell of it.
        const { name: before } = liveState.get();
        if (state.name !== before && (state.name === 'refused' || before === 'refused'))
          void merger.readRightsAgain();
        liveState.set(state);
      },
    });
    stream.start();
    const wake = () => stream.wake();
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    const poll = setInterval(() => {
      const { name } = liveState.get();
      if (name === 'live' || document.visibilityState !== 'visible') return;
      void merger.readAgain();
      void merger.readRightsAgain();
    }, POLL_MS);
    return () => {
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      clearInterval(poll);
      stream.end();
      liveState.set({ name: 'connecting', since: Date.now() });
    };
  }, [client, user, workspace.id]);
  return null;
}
