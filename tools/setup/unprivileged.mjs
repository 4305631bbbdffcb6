// PostgreSQL refuses to run as root. Under root its processes run as the owner of the cluster, else as
// `postgres` or `nobody` (no account is created on the machine).
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from './problem.mjs';

const CAPABILITIES = { dac_read_search: 2n, dac_override: 1n };

/**
 * As whom, and how, a server for the directory `owned` is run.
 * @param {string} owned its files belong to the server's account
 * @param {string[]} reached paths that the server must be able to reach besides
 * @returns {{ spawn: { uid?: number, gid?: number }, command: (file: string, args: string[]) => [string, ...string[]], give: (path: string) => void }}
 */
export function serverIdentity(owned, reached) {
  if (process.getuid?.() !== 0) {
    return { spawn: {}, command: (file, args) => [file, ...args], give: () => {} };
  }
  const { uid, gid } = account(owned);
  const give = (/** @type {string} */ path) => chownSync(path, uid, gid);
  if (reached.every(othersMayEnter)) {
    return { spawn: { uid, gid }, command: (file, args) => [file, ...args], give };
  }
  // A clone under /root, say: the unprivileged account keeps the one right to pass closed directories.
  const right = passageRight();
  // Without the secure bit, access(2) would not honour that right, and initdb asks it about its binaries.
  const bits = '--securebits=+no_setuid_fixup';
  const flags = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', bits, `--inh-caps=-all,+${right}`];
  return {
    spawn: {},
    command: (file, args) => ['setpriv', ...flags, `--ambient-caps=-all,+${right}`, file, ...args],
    give,
  };
}

/** @param {string} owned */
function account(owned) {
  const owner = existsSync(owned) ? statSync(owned) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found =
    accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!found)
    throw new Problem(
      'PostgreSQL cannot run as root and there is no account "postgres" or "nobody": add one.',
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** @param {string} path */
function othersMayEnter(path) {
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) return false;
    if (dir === dirname(dir)) return true;
  }
}

function passageRight() {
  const effective = BigInt(
    '0x' + (/CapEff:\s*([0-9a-f]+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'),
  );
  const right = Object.entries(CAPABILITIES).find(([, bit]) => effective & (1n << bit))?.[0];
  try {
    if (!right) throw new Error('no such capability');
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
    return right;
  } catch (error) {
    throw new Problem(
      'PostgreSQL cannot run as root, and other accounts cannot enter this directory: move the clone to one they can, or run as another user.',
      { cause: error },
    );
  }
}
