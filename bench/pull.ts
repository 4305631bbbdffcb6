import { randomUUID } from 'node:crypto';
import { spawnService } from '@connections/testing';

import type { House } from '../e2e/house/house.js';
import { progress, type Bench } from './bench.js';
import { onlyDeals, openHouse } from './house.js';
import { Mailbox } from './mailbox.js';
import { median, round } from './statistics.js';

const ROUNDS = 3;

/** A connection's first sync, from the POST until no run is in flight, against a bare loop over the same pages. */
export const pull: Bench = {
  name: 'pull',
  title: 'a pull of 100,000 records end to end, against the bare loop',
  async run(scale) {
    const records = Math.round(100_000 * scale);
    const { house } = await openHouse(ROUNDS);
    try {
      await house.control('pipedrive', onlyDeals(records));
      await house.query(
        'puller',
        `CREATE TABLE bare (LIKE records INCLUDING ALL) PARTITION BY HASH (connection_id)`,
      );
      for (let remainder = 0; remainder < 16; remainder++) {
        await house.query(
          'puller',
          `CREATE TABLE bare_${remainder} PARTITION OF bare FOR VALUES WITH (MODULUS 16, REMAINDER ${remainder})`,
        );
      }
      const rates = { bare: [] as number[], pull: [] as number[] };
      for (let i = 0; i < ROUNDS; i++) {
        const key = `sandbox_${2001 + i}`;
        rates.bare.push(round(records / (await bareSeconds(house, key, records)), 0));
        rates.pull.push(round(records / (await pullSeconds(house, key, records, i + 2)), 0));
        progress(`records/s: bare ${rates.bare.at(-1)}, pull ${rates.pull.at(-1)}`);
      }
      const ratios = rates.pull.map((rate, i) => round(rate / rates.bare[i]!, 3));
      return {
        findings: [
          {
            what: `rate of a pull of ${records} records, of the bare loop's`,
            value: median(ratios),
            unit: '×',
            target: { atLeast: 0.6 },
          },
        ],
        raw: { records, records_per_s: rates, ratios },
      };
    } finally {
      await house.close();
    }
  },
};

async function pullSeconds(house: House, key: string, records: number, workspace: number): Promise<number> {
  const client = house.client('admin', workspace);
  const started = performance.now();
  const { id } = await client.connect({ connector_type: 'pipedrive', api_key: key });
  const { health } = await client.settled(id, 300_000);
  const seconds = (performance.now() - started) / 1000;
  const { body } = await client.get<{ streams: { stream: string; record_count: number }[] }>(
    `/connections/${id}/streams`,
  );
  const stored = body.streams.find(({ stream }) => stream === 'deals')?.record_count;
  if (health !== 'healthy' || stored !== records) throw new Error(`${health} with ${stored} records`);
  return seconds;
}

async function bareSeconds(house: House, key: string, records: number): Promise<number> {
  const loop = await spawnService('bench/baseline/pull.ts', {
    env: {
      BASE_URL: `${house.sandboxUrl}/pipedrive`,
      API_KEY: key,
      DATABASE_URL: `${house.env.DATABASE_URL}_puller`,
      CONNECTION_ID: randomUUID(),
    },
  });
  const result = await new Mailbox(loop).next<{ records: number; seconds: number }>();
  await loop.exited;
  if (result.records !== records) throw new Error(`the bare loop met ${result.records} records`);
  return result.seconds;
}
