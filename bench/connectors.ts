import type { House } from '../e2e/house/house.js';
import { progress, type Bench } from './bench.js';
import { connectAccount } from './connect.js';
import { openHouse } from './house.js';
import { providerLog, secondsByLimits } from './provider-log.js';
import { median, round } from './statistics.js';

const ROUNDS = 3;
/** What the others are compared with. */
const YARDSTICK = 'pipedrive';

interface Size {
  /** Rows of the streams that are made large; the others have none, or as many as the stand-in has of itself. */
  readonly records: Readonly<Record<string, number>>;
  /** Least rate, of Pipedrive's. */
  readonly atLeast: number;
  readonly why?: string;
}

/**
 * Where a request brings one record or less, requests a second are what there is to be had. Least rates stand at about half of
 * what was measured: the stand-ins work on the same cores, and what a page costs them differs.
 */
const sizes: Readonly<Record<string, Size>> = {
  pipedrive: { records: { deals: 20_000, persons: 20_000, activities: 20_000 }, atLeast: 1 },
  hubspot: { records: { contacts: 10_000, deals: 10_000 }, atLeast: 0.35, why: '100 rows a page' },
  salesforce: { records: { contacts: 20_000, tasks: 20_000 }, atLeast: 0.5 },
  gong: { records: { calls: 3_000 }, atLeast: 0.12, why: 'calls of some KB, a page of 100 at a time' },
  fathom: { records: { meetings: 2_000 }, atLeast: 0.08, why: '10 rows a page, transcripts with them' },
  aircall: { records: { calls: 3_000, contacts: 3_000 }, atLeast: 0.2, why: '50 rows a page' },
  grain: { records: { recordings: 1_500 }, atLeast: 0.025, why: 'a request for each transcript' },
  granola: { records: { notes: 1_500 }, atLeast: 0.02, why: 'a request for each note' },
  fireflies: { records: { transcripts: 2_000 }, atLeast: 0.1, why: 'transcripts of many KB, 50 a page' },
  gmail: { records: { messages: 1_500 }, atLeast: 0.02, why: 'a request for each message' },
  outlook: { records: { messages: 4_000 }, atLeast: 0.07, why: 'messages of some KB, 50 a page' },
  slack: { records: { messages: 10_000 }, atLeast: 0.2, why: 'a request for each thread that was answered' },
  notion: {
    records: { pages: 300, blocks: 3_000 },
    atLeast: 0.015,
    why: 'a request for each level of blocks',
  },
  pylon: {
    records: { issues: 1_000, issue_messages: 3_000 },
    atLeast: 0.03,
    why: 'a request for each issue',
  },
  x: { records: { posts: 3_000 }, atLeast: 0.15, why: '100 rows a page; a timeline ends at 3,200 posts' },
  linkedin: { records: { posts: 3_000 }, atLeast: 0.15, why: 'statistics for each handful of posts' },
};

/** A first sync of each connector, from the connect until no run is in flight. */
export const connectors: Bench = {
  name: 'connectors',
  title: 'records a second of each connector, of Pipedrive’s',
  async run(scale) {
    const { house } = await openHouse(ROUNDS);
    try {
      const pulls = new Map<string, Pull[]>(Object.keys(sizes).map((type) => [type, []]));
      for (const [type, { records }] of Object.entries(sizes)) {
        await house.control(type, { records: scaled(records, scale) });
      }
      for (let i = 0; i < ROUNDS; i++) {
        for (const type of Object.keys(sizes)) {
          const one = await pull(house, type, i);
          pulls.get(type)!.push(one);
          progress(`${type}: ${JSON.stringify(one)}`);
        }
      }
      const rate = (type: string) => median(pulls.get(type)!.map(({ records_per_s }) => records_per_s));
      return {
        findings: Object.entries(sizes)
          .filter(([type]) => type !== YARDSTICK)
          .map(([type, { atLeast }]) => ({
            what: `rate of ${type}, of ${YARDSTICK}’s`,
            value: rate(type) / rate(YARDSTICK),
            unit: '×' as const,
            target: { atLeast },
          })),
        raw: Object.fromEntries(
          Object.entries(sizes).map(([type, { why }]) => [
            type,
            { records_per_s: rate(type), ...(why && { why }), rounds: pulls.get(type) },
          ]),
        ),
      };
    } finally {
      await house.close();
    }
  },
};

interface Pull {
  readonly records: number;
  readonly seconds: number;
  readonly records_per_s: number;
  readonly requests: number;
  readonly requests_per_s: number;
  /** What as many requests take at the real provider, whose limits the stand-in declares and does not enforce here. */
  readonly by_limits_s: number;
}

const scaled = (records: Size['records'], scale: number) =>
  Object.fromEntries(Object.entries(records).map(([stream, n]) => [stream, Math.ceil(n * scale)]));

async function pull(house: House, type: string, turn: number): Promise<Pull> {
  const client = house.client('admin', turn);
  const { next_since: before } = await providerLog(house, type, 0, 1);
  const started = performance.now();
  const id = await connectAccount(client, type, 8_001 + 2 * turn);
  const { health, last_run } = await client.settled(id, 300_000);
  const seconds = (performance.now() - started) / 1000;
  const { body } = await client.get<{ streams: { record_count: number }[] }>(`/connections/${id}/streams`);
  const records = body.streams.reduce((sum, { record_count }) => sum + record_count, 0);
  if (health !== 'healthy') throw new Error(`${type} is ${health}: ${JSON.stringify(last_run)}`);
  const asked = await providerLog(house, type, before);
  return {
    records,
    seconds: round(seconds),
    records_per_s: round(records / seconds, 0),
    requests: asked.total,
    requests_per_s: round(asked.total / seconds, 0),
    by_limits_s: round(secondsByLimits(asked.requests)),
  };
}
