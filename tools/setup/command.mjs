// What the commands of package.json have in common: faults as one sentence, an orderly end.
import { readFileSync } from 'node:fs';
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
 * @param {() => Promise<void>} close
 * @param {number} [exitCode] after an orderly end
 */
export function onEnd(close, exitCode = 0) {
  let since = 0;
  const end = () => {
    if (since && Date.now() - since > SAME_KEYPRESS_MS) process.exit(1);
    if (since) return;
    since = Date.now();
    close()
      .then(() => process.exit(exitCode))
      .catch((error) => {
        console.error(error);
        process.exit(1);
      });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  if (process.channel) {
    process.once('disconnect', end);
    process.channel.unref();
  }
  if (process.env.npm_lifecycle_event) {
    const before = ancestors();
    const watch = setInterval(() => {
      if (ancestors() === before) return;
      clearInterval(watch); // told again, we would take it for a second signal
      end();
    }, 500).unref();
  }
}

/** Our parent and, where the system tells, its parent: npm's shell outlives an npm that was killed. */
function ancestors() {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}
