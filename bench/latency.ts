import type { Client, Connection } from '../e2e/house/client.js';
import type { House } from '../e2e/house/house.js';
import { progress, type Bench, type Finding } from './bench.js';
import { openHouse } from './house.js';
import { firstRequestAt, logPosition } from './provider-requests.js';
import { quantile, round } from './statistics.js';

/** How soon a connection is pulled, and how soon an event is read. */
export const latency: Bench = {
  name: 'latency',
  title: 'connect → first provider request; event → visible in a read',
  async run(scale) {
    const { house } = await openHouse();
    try {
      const connects = await connectWaits(house, Math.max(5, Math.round(60 * scale)));
      const visible = {
        renamed: await renameWaits(house, Math.max(20, Math.round(300 * scale))),
        run_finished: await runWaits(house, Math.max(10, Math.round(100 * scale))),
      };
      const all = [...visible.renamed, ...visible.run_finished];
      const of = (values: readonly number[]) =>
        Object.fromEntries([0.5, 0.9, 0.99, 1].map((q) => [`p${q * 100}`, round(quantile(values, q), 1)]));
      const raw = {
        connect_to_request_ms: { n: connects.length, ...of(connects) },
        event_to_read_ms: {
          renamed: { n: visible.renamed.length, ...of(visible.renamed) },
          run_finished: { n: visible.run_finished.length, ...of(visible.run_finished) },
        },
      };
      progress(JSON.stringify(raw));
      const finding = (what: string, value: number, under: number): Finding => ({
        what,
        value,
        unit: 'ms',
        target: { under },
      });
      return {
        findings: [
          finding('POST → first provider request, p50', quantile(connects, 0.5), 50),
          finding('event recorded → shown by a GET, p99', quantile(all, 0.99), 100),
        ],
        raw,
      };
    } finally {
      await house.close();
    }
  },
};

const now = () => performance.timeOrigin + performance.now();

/** From sending the POST to the first request for the account's data, one connection after the other. */
async function connectWaits(house: House, count: number): Promise<number[]> {
  const client = house.client();
  const waits: number[] = [];
  // The first ones meet services that have never done this before.
  for (let i = -5; i < count; i++) {
    const since = await logPosition(house);
    const sent = now();
    const made = await client.connect({ connector_type: 'x', account_handle: `bench_${i + 5}` });
    const { body } = await client.get<Connection>(`/connections/${made.id}`);
    const asked = await firstRequestAt(house, since, String(body.external_account_id));
    if (i >= 0) waits.push(asked - sent);
    await client.settled(made.id);
  }
  return waits;
}

/** From the event's own time to the first answer that shows it, while a client keeps reading. */
async function renameWaits(house: House, count: number): Promise<number[]> {
  const client = house.client();
  const { id } = (await client.get<{ connections: Connection[] }>('/connections')).body.connections[0]!;
  const shownAt: number[] = [];
  for (let i = 0; i < count; i++) {
    const name = `Name ${i}`;
    const shown = untilShown(client, `/connections/${id}`, (row) => row.name === name);
    await client.request('PATCH', `/connections/${id}`, { name });
    shownAt.push(await shown);
  }
  const recorded = await house.query<{ at: number }>(
    'connections',
    `SELECT extract(epoch FROM recorded_at)::float * 1000 AS at FROM events
     WHERE stream LIKE '%' || $1 AND type = 'ConnectionRenamed' ORDER BY version`,
    [id],
  );
  return waitsOf(recorded, shownAt);
}

/** The same of a run's end, which comes from sync by itself. */
async function runWaits(house: House, count: number): Promise<number[]> {
  const client = house.client();
  const { id } = (await client.get<{ connections: Connection[] }>('/connections')).body.connections[0]!;
  const shownAt: number[] = [];
  const runs: string[] = [];
  for (let i = 0; i < count; i++) {
    await client.post(`/connections/${id}/sync`);
    shownAt.push(await untilShown(client, `/connections/${id}/status`, (row) => row.is_syncing === false));
    runs.push((await client.status(id)).last_run!.id);
  }
  const recorded = await house.query<{ at: number }>(
    'sync',
    `SELECT extract(epoch FROM e.recorded_at)::float * 1000 AS at
     FROM unnest($1::text[]) WITH ORDINALITY AS r(id, ordinal)
     JOIN events e ON e.stream LIKE '%' || r.id AND e.type = 'SyncRunFinished' ORDER BY r.ordinal`,
    [runs],
  );
  return waitsOf(recorded, shownAt);
}

async function untilShown(
  client: Client,
  path: string,
  shows: (row: Connection) => boolean,
): Promise<number> {
  for (const deadline = now() + 10_000; now() < deadline;) {
    const { body } = await client.get<Connection>(path);
    if (shows(body)) return now();
  }
  throw new Error(`${path} did not change`);
}

function waitsOf(recorded: readonly { at: number }[], shownAt: readonly number[]): number[] {
  if (recorded.length !== shownAt.length) {
    throw new Error(`${recorded.length} events, of which ${shownAt.length} were shown`);
  }
  return shownAt.map((at, i) => at - recorded[i]!.at);
}
