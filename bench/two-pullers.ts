import { readFileSync } from 'node:fs';

import type { House } from '../e2e/house/house.js';
import { progress, type Bench } from './bench.js';
import { connectAccount } from './connect.js';
import { onlyDeals, openHouse } from './house.js';
import { median, round } from './statistics.js';

const ROUNDS = 3;
const LATENCY_MS = 200;
/** Of one category, whose slots are what there is too few of; one a workspace, which can have no second Pipedrive. */
const CONNECTIONS = 32;
/**
 * Rows of each connection that changed before each sync. With full pages two cores would be busy writing, and what is
 * asked for is what the waiting costs.
 */
const CHANGED = 50;

/** Slots wait for the provider and hardly for a core: another puller's slots are to bring as much again. */
export const twoPullers: Bench = {
  name: 'two-pullers',
  title: `two pullers against one, of a provider that answers in ${LATENCY_MS} ms`,
  async run(scale) {
    const connections = Math.max(12, Math.round(CONNECTIONS * scale));
    const { house, puller } = await openHouse(connections - 2);
    try {
      await house.control('pipedrive', onlyDeals(CHANGED));
      const ids = await connectAll(house, connections);
      await house.control('pipedrive', { latency_ms: LATENCY_MS });
      const seconds = { one: [] as number[], two: [] as number[] };
      const shares: number[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        seconds.one.push(await syncAll(house, ids));
        const other = await house.start('puller');
        const before = [cpuSeconds(puller.pid), cpuSeconds(other.pid)] as const;
        seconds.two.push(await syncAll(house, ids));
        const first = cpuSeconds(puller.pid) - before[0];
        const second = cpuSeconds(other.pid) - before[1];
        shares.push(round(Math.min(first, second) / (first + second)));
        await other.stop();
        progress(`seconds: one ${seconds.one.at(-1)}, two ${seconds.two.at(-1)}`);
      }
      const ratios = seconds.one.map((one, i) => round(one / seconds.two[i]!, 3));
      return {
        findings: [
          {
            what: `rate of two pullers over ${connections} connections, of one's`,
            value: median(ratios),
            unit: '×',
            target: { atLeast: 1.8 },
          },
          {
            what: 'share of the work that the lesser of the two does, by its time on a core',
            value: median(shares),
            unit: '×',
            // Half each, but the one that has just started costs the core otherwise than the one that is warm.
            target: { atLeast: 0.25 },
          },
        ],
        raw: { connections, latency_ms: LATENCY_MS, seconds, ratios, lesser_share: shares },
      };
    } finally {
      await house.close();
    }
  },
};

/** One connection in each workspace. */
async function connectAll(house: House, connections: number): Promise<string[]> {
  const ids: string[] = [];
  for (let workspace = 0; workspace < connections; workspace++) {
    ids.push(await connectAccount(house.client('admin', workspace), 'pipedrive', 2_001 + workspace));
  }
  await settled(house, ids);
  return ids;
}

/** Changes rows everywhere, asks for every connection's sync, and gives the seconds until the last has ended. */
async function syncAll(house: House, ids: readonly string[]): Promise<number> {
  await house.sandbox('POST', '/_control/pipedrive/touch', { stream: 'deals', n: CHANGED });
  const started = performance.now();
  for (const [workspace, id] of ids.entries()) {
    const { status, text } = await house.client('admin', workspace).post(`/connections/${id}/sync`);
    if (status !== 202) throw new Error(`sync: ${status} ${text}`);
  }
  await settled(house, ids);
  return round((performance.now() - started) / 1000);
}

async function settled(house: House, ids: readonly string[]): Promise<void> {
  for (const [workspace, id] of ids.entries()) {
    const { health, last_run } = await house.client('admin', workspace).settled(id, 300_000);
    if (health !== 'healthy') throw new Error(`${id} is ${health}: ${JSON.stringify(last_run)}`);
  }
}

/** Time that a process has had on a core, in its own code and in the kernel's for it. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
