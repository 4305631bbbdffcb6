import type { Logger } from './logging.js';

/** Work that is done again and again, one round at a time. */
export interface Rounds {
  /** Begins a round now; while one is under way, another one right after it: what woke us may have come too late for it. */
  wake(): void;
  /** Ends them; resolves once the round under way has ended. */
  stop(): Promise<void>;
}

/**
 * Does `work` every so many milliseconds, counted from the end of a round: on an interval, rounds that a slow database holds
 * up would be joined by the next ones. A round that fails is logged, and put off to the next.
 *
 * @param work its signal is aborted when they are stopped: a round of many steps ends after the one under way
 */
export function rounds(
  everyMs: number,
  work: (stopping: AbortSignal) => Promise<unknown>,
  logger: Logger,
): Rounds {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const round = async (): Promise<void> => {
    do {
      again = false;
      try {
        await work(stopping.signal);
      } catch (err) {
        logger.warn({ err }, 'Put off to the next round');
      }
    } while (again && !stopping.signal.aborted);
    running = undefined;
    plan();
  };
  const begin = (): void => {
    clearTimeout(timer);
    running = round();
  };
  const plan = (): void => {
    if (!stopping.signal.aborted) timer = setTimeout(begin, everyMs).unref();
  };
  plan();

  return {
    wake() {
      if (running) again = true;
      else if (!stopping.signal.aborted) begin();
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
