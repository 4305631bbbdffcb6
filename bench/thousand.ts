import type { House } from '../e2e/house/house.js';
import { progress, type Bench } from './bench.js';
import { connectAccount } from './connect.js';
import { openHouse, type BenchHouse } from './house.js';
import { byLimit, providerLog } from './provider-log.js';
import { residentMb } from './resident.js';
import { median, round } from './statistics.js';

const WORKSPACES = 50;
/** Asks for one sync after the other, of its only connection, while each of the others asks for six of the category. */
const MODEST = { type: 'fathom', idleAsks: 5 };
const AT_ONCE = 8;
/** Rows of a stream that has more than that of itself. */
const ROWS = 20;
/** Where children cost a request for each parent; Pylon allows twenty of those in a minute. */
const few: Readonly<Record<string, Record<string, number>>> = {
  pylon: { issues: 6, issue_messages: 12 },
  notion: { pages: 8, rows: 8, blocks: 32 },
};

const ofTheWorkspace = [
  'hubspot', 'salesforce', 'pipedrive', 'gong', 'fathom', 'aircall', 'grain', 'granola', 'fireflies', 'pylon', 'notion', 'slack',
]; // prettier-ignore
const social = ['x', 'linkedin'];
const ofAMember = ['gmail', 'outlook'];
const types = [...ofTheWorkspace, ...social, ...ofAMember];

/** What the plans at X and LinkedIn allow by default: elsewhere the house asks as fast as it can. */
const realQuotas = Object.fromEntries(
  ['X_QUOTA_USERNAME', 'X_QUOTA_USER', 'X_QUOTA_TIMELINE', 'X_QUOTA_POSTS', 'LINKEDIN_QUOTA_DAY'].map(
    (name) => [name, ''],
  ),
);

interface Made {
  readonly id: string;
  readonly workspace: number;
}

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
            // What an account allows is met, not counted: each of a first sync's three lanes may meet it once, and none asks
            // again before the provider's time.
            what: 'most requests in one window beyond what an account allows',
            value: Math.max(...Object.values(limits).map(({ beyond_account }) => beyond_account)),
            unit: 'requests',
            target: { under: 4 },
          },
          {
            what: 'requests that a stand-in refused for their number, of a thousand',
            value: (1000 * total(limits, 'refused')) / total(limits, 'requests'),
            unit: 'requests',
            target: { under: 10 },
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

/** Few rows everywhere, and limits that hold. */
async function shrink(house: House): Promise<void> {
  for (const type of types) {
    const { default_records } = await house.sandbox<{ default_records: Record<string, number> }>(
      'GET',
      `/_control/${type}`,
    );
    const records = Object.fromEntries(
      Object.entries(default_records).map(([stream, n]) => [stream, Math.min(n, ROWS)]),
    );
    await house.control(type, { records: { ...records, ...few[type] }, enforce_limits: true });
  }
}

/** Twenty in each workspace: one of every connector, a second handle, and a mailbox of each kind for two members. */
async function connectAll(house: House, workspaces: number): Promise<Made[]> {
  const made: Made[] = [];
  await atOnce(Array.from({ length: workspaces }).keys(), async (workspace) => {
    const admin = house.client('admin', workspace);
    const editor = house.client('editor', workspace);
    const [own, other] = [20_001 + 2 * workspace, 20_002 + 2 * workspace];
    const take = (id: string) => made.push({ id, workspace });
    for (const type of [...ofTheWorkspace, ...social]) take(await connectAccount(admin, type, own));
    for (const type of social) take(await connectAccount(editor, type, other));
    for (const type of ofAMember) {
      take(await connectAccount(admin, type, own));
      take(await connectAccount(editor, type, other + 1_000));
    }
  });
  return made;
}

const askAll = (house: House, made: readonly Made[]) =>
  atOnce(
    made.toSorted((a, b) => a.workspace - b.workspace),
    async ({ id, workspace }) => {
      const { status, text } = await house.client('admin', workspace).post(`/connections/${id}/sync`);
      if (status !== 202) throw new Error(`sync: ${status} ${text}`);
    },
  );

async function atOnce<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const one = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

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

interface Kept {
  readonly requests: number;
  /** Answered as throttled. */
  readonly refused: number;
  /** The window that came closest to its limit, or went furthest beyond. */
  readonly fullest: string;
  /** Requests beyond a limit that all workspaces share, in all windows. */
  readonly beyond_app: number;
  /** Requests beyond an account's own limit, in the worst window. */
  readonly beyond_account: number;
}

/** By connector, from the stand-ins' logs. */
async function limitsKept(house: House) {
  const kept: Record<string, Kept> = {};
  for (const type of types) {
    const { requests } = await providerLog(house, type);
    const limits = [...byLimit(requests)].toSorted(([, a], [, b]) => b.most / b.max - a.most / a.max);
    const fullest = limits[0]?.[1];
    const ofTheApp = social.includes(type);
    kept[type] = {
      requests: requests.length,
      refused: requests.filter(({ fault }) => fault === 'throttle').length,
      fullest: fullest ? `${fullest.most} of ${fullest.max} in ${fullest.windowMs / 1000} s` : '',
      beyond_app: ofTheApp ? limits.reduce((sum, [, { beyond }]) => sum + beyond, 0) : 0,
      beyond_account: ofTheApp ? 0 : Math.max(0, ...limits.map(([, { most, max }]) => most - max)),
    };
  }
  return kept;
}

const total = (limits: Awaited<ReturnType<typeof limitsKept>>, of: 'requests' | 'refused' | 'beyond_app') =>
  Object.values(limits).reduce((sum, limit) => sum + limit[of], 0);

/** Samples each second what the gateway, and the puller that there is, hold. */
function watchMemory({ puller, gateway }: BenchHouse) {
  const samples = { puller: [] as number[], gateway: [] as number[] };
  let followed = puller;
  const timer = setInterval(() => {
    samples.gateway.push(round(residentMb(gateway.pid), 1));
    if (followed.running()) samples.puller.push(round(residentMb(followed.pid), 1));
  }, 1000);
  return {
    follow: (process: BenchHouse['puller']) => void (followed = process),
    stop: () => {
      clearInterval(timer);
      return samples;
    },
  };
}
