import { createLogger } from './logging.js';
import { flushSpans } from './tracing.js';

const HARD_LIMIT_MS = 25_000;

/**
 * SIGTERM or SIGINT: `close` drains, spans are flushed, the process ends with 0. A second signal, or 25 s (below the
 * 30 s after which orchestrators send SIGKILL), ends it at once with 1. A process forked by our own launcher ends
 * when that one is gone: there is nobody left to stop it, and its servers are gone as well.
 */
export function endOnSignal(name: string, close: () => Promise<void>): void {
  const logger = createLogger(name);
  let ending = false;
  const end = (signal: string): void => {
    if (ending) process.exit(1);
    ending = true;
    logger.info({ signal }, 'Shutting down');
    setTimeout(() => {
      logger.error(`Still busy after ${HARD_LIMIT_MS} ms: ending anyway`);
      process.exit(1);
    }, HARD_LIMIT_MS).unref();
    close()
      .then(flushSpans)
      .then(() => process.exit(0))
      .catch((err: unknown) => {
        logger.error({ err }, 'Shutdown failed');
        process.exit(1);
      });
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.channel) {
    process.once('disconnect', () => process.exit(1));
    process.channel.unref();
  }
}
