import { spawnService } from '@connections/testing';

import type { House } from '../e2e/house/house.js';
import type { Crowd, Heard } from './baseline/crowd.js';
import { progress, type Bench } from './bench.js';
import { openHouse } from './house.js';
import { Mailbox } from './mailbox.js';
import { residentMb } from './resident.js';
import { median, quantile, round } from './statistics.js';

const WORKSPACES = 50;
const POLL_EVERY_MS = 2000;
const SECONDS = 40;
/** So many changes a second, each told to all followers of its workspace. */
const CHANGES_PER_SECOND = 5;
const SETTLING_SECONDS = 5;

interface Change {
  readonly id: string;
  readonly status: string;
  readonly at: number;
}

/** A thousand who follow live events and a thousand who poll, on one gateway. */
export const audience: Bench = {
  name: 'audience',
  title: '1,000 followers of live events and 1,000 polling clients on one gateway',
  async run(scale) {
    const each = Math.max(1, Math.round(20 * scale));
    const { house, gateway } = await openHouse(WORKSPACES - 2);
    const crowd = await spawnService('bench/baseline/crowd.ts');
    const fromCrowd = new Mailbox(crowd);
    try {
      await fromCrowd.next();
      const ids = await connectAll(house);
      const alone = residentMb(gateway.pid);
      const gathering: Crowd = {
        api: `${house.gateway}/api/platform/v1`,
        groups: ids.map((_, workspace) => ({
          key: house.client('admin', workspace).key,
          followers: each,
          pollers: each,
        })),
        pollEveryMs: POLL_EVERY_MS,
      };
      crowd.send(gathering);
      await fromCrowd.next();

      const changes: Change[] = [];
      const heard: Heard[] = [];
      const samples_mb: number[] = [];
      const stop = new AbortController();
      const changing = keepChanging(house, ids, changes, stop.signal);
      for (let second = 0; second < SECONDS; second++) {
        const report = await fromCrowd.next<Heard>();
        if (second < SETTLING_SECONDS) continue;
        heard.push(report);
        samples_mb.push(round(residentMb(gateway.pid), 1));
      }
      stop.abort();
      await changing;
      heard.push(await fromCrowd.next<Heard>());

      const faults = heard.flatMap((report) => report.faults);
      if (faults.length > 0) throw new Error(`${faults.length} faults, such as: ${faults[0]}`);
      const polls = heard.flatMap((report) => report.polls);
      const told = heard.flatMap((report) => report.told);
      const waits = tellingTimes(changes, told, each);
      const most = Math.max(...samples_mb);
      const raw = {
        followers: each * WORKSPACES,
        pollers: each * WORKSPACES,
        polls_per_s: round(polls.length / heard.length, 0),
        not_modified: round(heard.reduce((sum, report) => sum + report.notModified, 0) / polls.length, 3),
        poll_ms: spread(polls),
        changes: changes.length,
        told_ms: spread(waits),
        alone_mb: round(alone, 1),
        with_all_mb: median(samples_mb),
        samples_mb,
      };
      progress(JSON.stringify(raw));
      return {
        findings: [
          {
            what: 'a poll with If-None-Match, p99',
            value: quantile(polls, 0.99),
            unit: 'ms',
            target: { under: 100 },
          },
          {
            what: 'write sent → told to every follower, p99',
            value: quantile(waits, 0.99),
            unit: 'ms',
            target: { under: 250 },
          },
          {
            // V8 collects old garbage minutes apart at this rate, so a slope over one run says nothing: over 240 s it rose to
            // 325 MB, fell to 240 and stayed below 270. What each kept would show as hundreds of megabytes here.
            what: 'most resident memory of the gateway',
            value: most,
            unit: 'MB',
            target: { under: 400 },
          },
          {
            what: 'what a client costs the gateway, by the median',
            value: ((median(samples_mb) - alone) * 1024) / (2 * each * WORKSPACES),
            unit: 'KB',
            target: { under: 64 },
          },
        ],
        raw,
      };
    } finally {
      await Promise.all([crowd.stop(), house.close()]);
    }
  },
};

const spread = (values: readonly number[]) => ({
  n: values.length,
  ...Object.fromEntries([0.5, 0.9, 0.99, 1].map((q) => [`p${q * 100}`, round(quantile(values, q), 1)])),
});

/** One connection in each workspace. */
async function connectAll(house: House): Promise<string[]> {
  const ids: string[] = [];
  for (let workspace = 0; workspace < WORKSPACES; workspace++) {
    const client = house.client('admin', workspace);
    const { id } = await client.connect({ connector_type: 'x', account_handle: `followed_${workspace}` });
    ids.push(id);
  }
  for (const [workspace, id] of ids.entries()) await house.client('admin', workspace).settled(id);
  return ids;
}

/** Pauses and resumes one connection after the other, and notes when. */
async function keepChanging(
  house: House,
  ids: readonly string[],
  changes: Change[],
  stopped: AbortSignal,
): Promise<void> {
  for (let i = 0; !stopped.aborted; i++) {
    const id = ids[i % ids.length]!;
    const paused = Math.floor(i / ids.length) % 2 === 0;
    const at = performance.timeOrigin + performance.now();
    const { status } = await house
      .client('admin', i % ids.length)
      .post(`/connections/${id}/${paused ? 'pause' : 'resume'}`);
    if (status !== 200) throw new Error(`a change was answered ${status}`);
    changes.push({ id, status: paused ? 'paused' : 'connected', at });
    await new Promise((resolve) => setTimeout(resolve, 1000 / CHANGES_PER_SECOND));
  }
}

/** How long after each change its last follower was told it, ms. */
function tellingTimes(changes: readonly Change[], told: Heard['told'], followers: number): number[] {
  const first = Math.min(...told.map(([, , at]) => at));
  return changes
    .filter(({ at }) => at > first)
    .map(({ id, status, at }) => {
      const heard = told.filter(
        ([of, as, when]) => of === id && as === status && when >= at && when < at + 10_000,
      );
      if (heard.length < followers) throw new Error(`${heard.length} of ${followers} heard of a change`);
      return Math.max(...heard.map(([, , when]) => when)) - at;
    });
}
