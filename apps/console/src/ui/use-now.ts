import { useSyncExternalStore } from 'react';

interface Clock {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => number;
}

/** One timer for all that ticks alike: a thousand times on a page are one wake-up. */
function clockOf(everyMs: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => {
      // The first to look after a pause must not see the time of then.
      if (timer === undefined && Date.now() - now >= everyMs) now = Date.now();
      return now;
    },
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const clocks = new Map<number, Clock>();
const still: Clock = { subscribe: () => () => undefined, get: () => 0 };

/** The time in epoch milliseconds, renewed each `everyMs`; stands still where `ticks` is false. */
export function useNow(everyMs: number, ticks = true): number {
  let clock = clocks.get(everyMs);
  if (!clock) clocks.set(everyMs, (clock = clockOf(everyMs)));
  const used = ticks ? clock : still;
  return useSyncExternalStore(used.subscribe, used.get);
}
