import { connectors, quotaVariables } from '@connections/connectors';

import type { House } from '../../e2e/house/house.js';
import { progress, type Bench } from '../bench.js';
import { connectAccount } from '../connect.js';
import { openHouse } from '../house.js';
import { median, round } from '../statistics.js';
import { askAll, atOnce, connectAll, shrink, type Made } from './connections.js';
import { limitsKept, total } from './limits.js';
import { watchMemory } from './memory-watch.js';

const WORKSPACES = 50;
/** Asks for one sync after the other, of its only connection, while each of the others asks for six of the category. */
const MODEST = { type: 'fathom', idleAsks: 5 };

/** What the providers allow by default: elsewhere the house asks as fast as it can. */
const realQuotas = Object.fromEntries(connectors.flatMap(quotaVariables).map((name) => [name, '']));

/** A thousand connections of all sixteen connectors, at stand-ins that enforce their providers' limits. */
export const thousand: Bench = {
  name: 'thousand',
  title: '1,000 connections of sixteen connectors in 50 workspaces',
  async run(scale) {
    const workspaces = Math.max(2, Math.round(WORKSPACES * scale));
    const opened = await openHouse(workspaces + 1 - 2, realQuotas);
    const { house } = opened;
    const memory = watchMemory(opened);
    try {
      await shrink(house);
      const modest = await connectModest(house, workspaces);
      const idle: number[] = [];
      while (idle.length < MODEST.idleAsks) idle.push(await modest());

      const connecting = performance.now();
      const made = await connectAll(house, workspaces);
      await drained(house);
      const first_sync_s = round((performance.now() - connecting) / 1000, 1);
      progress(`${made.length} connected and synced in ${first_sync_s} s`);
      const healthyAtFirst = await healthy(house, made);

      // Nothing is pulled while they are asked for, workspace by workspace: whoever served them in that order would show it.
      await opened.puller.stop();
      await askAll(house, made);
      const flood = Date.now();
      memory.follow(await house.start('puller'));
      const flooded: number[] = [];
      while ((await unfinished(house, MODEST.type)) > 0) flooded.push(await modest());
      // The last one began under the flood, and may have ended after it.
      if (flooded.length > 1) flooded.pop();
      await drained(house);
      const flood_s = round((Date.now() - flood) / 1000, 1);
      const waits = await waitsByWorkspace(house, made, flood);
      const limits = await limitsKept(house);
      const samples = memory.stop();
      const healthyInTheEnd = await healthy(house, made);
      const raw = {
        connections: made.length,
        first_sync_s,
        flood_s,
        healthy: [healthyAtFirst, healthyInTheEnd],
        modest_ms: { idle, flooded },
        workspace_median_wait_s: { least: Math.min(...waits), most: Math.max(...waits) },
        limits,
        samples_mb: samples,
      };
      progress(JSON.stringify({ ...raw, samples_mb: undefined }));
      return {
        findings: [
          {
            what: 'connections that are not healthy in the end',
            value: made.length - healthyInTheEnd,
            unit: 'connections',
            target: { under: 1 },
          },
          {
            what: 'requests beyond what a limit of a whole app allows',
            value: total(limits, 'beyond_app'),
            unit: 'requests',
            target: { under: 1 },
          },
          {
            // Tight limits are kept ahead of a refusal (ADR 99); the others are wide enough for so small accounts.
            what: 'most requests in one window beyond what an account allows',
            value: Math.max(...Object.values(limits).map(({ beyond_account }) => beyond_account)),
            unit: 'requests',
            target: { under: 1 },
          },
          {
            what: 'requests that a stand-in refused for their number, of a thousand',
            value: (1000 * total(limits, 'refused')) / total(limits, 'requests'),
            unit: 'requests',
            target: { under: 1 },
          },
          {
            what: 'median wait of the workspace served last, of the one served first',
            value: Math.max(...waits) / Math.min(...waits),
            unit: '×',
            target: { under: 2 },
          },
          {
            what: 'wait of a workspace that asks for one sync at a time, of the flood’s median wait',
            value: median(flooded) / 1000 / median(waits),
            unit: '×',
            target: { under: 0.75 },
          },
          {
            what: 'most resident memory of the puller',
            value: Math.max(...samples.puller),
            unit: 'MB',
            target: { under: 300 },
          },
          {
            what: 'most resident memory of the gateway',
            value: Math.max(...samples.gateway),
            unit: 'MB',
            target: { under: 300 },
          },
        ],
        raw,
      };
    } finally {
      memory.stop();
      await house.close();
    }
  },
};

/** Gives what asks for a sync of the workspace's only connection, and tells the milliseconds until it has ended. */
async function connectModest(house: House, workspace: number): Promise<() => Promise<number>> {
  const client = house.client('admin', workspace);
  const id = await connectAccount(client, MODEST.type, 90_001);
  await client.settled(id);
  return async () => {
    const asked = performance.now();
    const { status, text } = await client.post(`/connections/${id}/sync`);
    if (status !== 202) throw new Error(`sync: ${status} ${text}`);
    const { health } = await client.settled(id, 300_000);
    if (health !== 'healthy') throw new Error(`the modest one is ${health}`);
    return round(performance.now() - asked, 0);
  };
}

async function unfinished(house: House, type = ''): Promise<number> {
  const [row] = await house.query<{ runs: number }>(
    'sync',
    `SELECT count(*)::int AS runs FROM run WHERE state <> 'finished' AND $1 IN ('', connector_type)`,
    [type],
  );
  return row!.runs;
}

async function drained(house: House): Promise<void> {
  const deadline = Date.now() + 300_000;
  while ((await unfinished(house)) > 0) {
    if (Date.now() > deadline) throw new Error(`${await unfinished(house)} runs do not end`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** How many of them are healthy, as their workspaces are told. */
async function healthy(house: House, made: readonly Made[]): Promise<number> {
  let count = 0;
  await atOnce(made, async ({ id, workspace }) => {
    const { health, last_run } = await house.client('admin', workspace).settled(id);
    if (health === 'healthy') count++;
    else progress(`${id} is ${health}: ${JSON.stringify(last_run)}`);
  });
  return count;
}

/** Each workspace's median wait from the start of the flood until a run's end, in seconds. */
async function waitsByWorkspace(house: House, made: readonly Made[], since: number): Promise<number[]> {
  const rows = await house.query<{ id: string; at: number }>(
    'sync',
    `SELECT connection_id AS id, (extract(epoch FROM max(finished_at)) * 1000)::float AS at FROM run GROUP BY 1`,
  );
  const endedAt = new Map(rows.map(({ id, at }) => [id, at]));
  const waits = Map.groupBy(made, ({ workspace }) => workspace);
  return [...waits.values()].map((those) =>
    round(median(those.map(({ id }) => (endedAt.get(id)! - since) / 1000))),
  );
}
