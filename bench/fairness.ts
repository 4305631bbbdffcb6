import type { Connection } from '../e2e/house/client.js';
import type { House } from '../e2e/house/house.js';
import { progress, type Bench } from './bench.js';
import { openHouse } from './house.js';
import { firstRequestAt, logPosition } from './provider-requests.js';
import { median, quantile, round } from './statistics.js';

const ASKS = 25;
const CONNECTING_AT_ONCE = 16;

/** One workspace's first syncs fill the queue; another's sync is to be pulled nearly as soon as on an idle system. */
export const fairness: Bench = {
  name: 'fairness',
  title: 'the wait of one stream pull while another workspace floods 5,000',
  async run(scale) {
    // Two streams each.
    const connections = Math.round(2_500 * scale);
    const { house, puller } = await openHouse();
    try {
      const small = await connectOne(house);
      await waits(house, small, 5);
      const idle = await waits(house, small, ASKS);

      // Nothing is pulled while the flood comes in, so that all of it is waiting when the asking begins.
      await puller.stop();
      await flood(house, connections);
      const [backlog] = await house.query<{ pulls: number }>(
        'sync',
        `SELECT count(*)::int AS pulls FROM run_stream WHERE state = 'ready'`,
      );
      progress(`${backlog?.pulls} stream pulls are waiting`);
      await house.start('puller');
      await drained(house, backlog!.pulls - 20);
      const flooded = await waits(house, small, ASKS);
      const [rest] = await house.query<{ pulls: number }>(
        'sync',
        `SELECT count(*)::int AS pulls FROM run_stream WHERE state = 'ready'`,
      );
      if (rest!.pulls === 0 && scale === 1) throw new Error('the flood was over before the asking was');
      const raw = {
        idle: summary(idle),
        flooded: summary(flooded),
        backlog: backlog!.pulls,
        rest: rest!.pulls,
      };
      progress(JSON.stringify(raw));
      return {
        findings: [
          {
            what: `median wait under a flood of ${backlog!.pulls}, of the idle system's`,
            value: median(flooded) / median(idle),
            unit: '×',
            target: { under: 3 },
          },
        ],
        raw: { ...raw, wait_ms: { idle, flooded } },
      };
    } finally {
      await house.close();
    }
  },
};

const summary = (waitsMs: readonly number[]) => ({
  p50_ms: round(median(waitsMs), 1),
  p90_ms: round(quantile(waitsMs, 0.9), 1),
});

/** The connection of the workspace that asks for little. */
async function connectOne(house: House): Promise<{ id: string; accountId: string }> {
  const client = house.client('admin', 1);
  const { id } = await client.connect({ connector_type: 'x', account_handle: 'small' });
  await client.settled(id);
  const { body } = await client.get<Connection>(`/connections/${id}`);
  return { id, accountId: String(body.external_account_id) };
}

/** From asking for a sync to its first request at the provider. */
async function waits(house: House, { id, accountId }: { id: string; accountId: string }, count: number) {
  const client = house.client('admin', 1);
  const waitsMs: number[] = [];
  for (let i = 0; i < count; i++) {
    const since = await logPosition(house);
    const sent = performance.timeOrigin + performance.now();
    const { status, text } = await client.post(`/connections/${id}/sync`);
    if (status !== 202) throw new Error(`sync: ${status} ${text}`);
    waitsMs.push(round((await firstRequestAt(house, since, accountId)) - sent, 1));
    await client.settled(id, 120_000);
  }
  return waitsMs;
}

async function flood(house: House, connections: number): Promise<void> {
  const client = house.client('admin', 0);
  let next = 0;
  const one = async () => {
    while (next < connections) {
      await client.connect({ connector_type: 'x', account_handle: `flood_${next++}` });
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, one));
}

/** Until the puller is at it. */
async function drained(house: House, below: number): Promise<void> {
  for (;;) {
    const [rest] = await house.query<{ pulls: number }>(
      'sync',
      `SELECT count(*)::int AS pulls FROM run_stream WHERE state = 'ready'`,
    );
    if (rest!.pulls < below) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
