import { useSyncExternalStore } from 'react';

import type { Store } from '../live/store';

/** The id of the post that is pointed at, in the chart or in the feed; null for none. */
export type ActivePost = Store<string | null>;

/** Whether a post is pointed at; only those that begin or cease to be are drawn again. */
export const useIsActive = (active: ActivePost, id: string): boolean =>
  useSyncExternalStore(active.subscribe, () => active.get() === id);
