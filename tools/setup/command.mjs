// What the commands of package.json have in common: faults as one sentence, an orderly end.
import { Problem } from './problem.mjs';

/**
 * Runs a command's main function. A `Problem` is printed as its sentence, anything else with its stack; both end with 1.
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof Problem) console.error(`\n${error.message}`);
    else console.error(error);
    process.exit(1);
  }
}

const SAME_KEYPRESS_MS = 2000;

/**
 * Calls `close` once, on the first sign that this command is to end: SIGINT, SIGTERM, SIGHUP, or the process that
 * started us is gone (npm's shell passes SIGTERM on to nobody; the channel of a re-executed command closes). A
 * second signal ends at once; not within two seconds though, as Ctrl-C reaches us directly and through npm.
 * @param {(why: string) => Promise<void>} close
 */
export function onEnd(close) {
  let since = 0;
  const end = (/** @type {string} */ why) => {
    if (since && Date.now() - since > SAME_KEYPRESS_MS) process.exit(1);
    if (since) return;
    since = Date.now();
    close(why)
      .then(() => process.exit(0))
      .catch((error) => {
        console.error(error);
        process.exit(1);
      });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
  if (process.channel) {
    process.once('disconnect', () => end('parent'));
    process.channel.unref();
  }
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && end('npm'), 500).unref();
  }
}
