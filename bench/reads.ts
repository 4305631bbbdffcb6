import { spawnService } from '@connections/testing';

import type { Client, Connection } from '../e2e/house/client.js';
import type { Load } from './baseline/load.js';
import { progress, type Bench } from './bench.js';
import { openHouse } from './house.js';
import { Mailbox } from './mailbox.js';
import { median, round } from './statistics.js';

const ROUNDS = 5;
const AT_ONCE = 16;
const LISTED = 100;

/** Two reads with everything that guards them, against a bare Fastify route answering the same bytes. */
export const reads: Bench = {
  name: 'reads',
  title: 'reads with authentication on, against a bare Fastify route answering the same bytes',
  async run(scale) {
    const { house } = await openHouse();
    const bare = await spawnService('bench/baseline/route.ts');
    const fromBare = new Mailbox(bare);
    const { url } = await fromBare.next<{ url: string }>();
    const generator = await spawnService('bench/baseline/load.ts');
    const fromGenerator = new Mailbox(generator);
    await fromGenerator.next();
    const rate = async (load: Load) => {
      generator.send(load);
      const { answers, error } = await fromGenerator.next<{ answers?: number; error?: string }>();
      if (answers === undefined) throw new Error(error);
      return round(answers / load.seconds, 0);
    };
    try {
      const client = house.client();
      await connectMany(client, LISTED);
      const { connections } = (await client.get<{ connections: Connection[] }>('/connections')).body;
      const paths = {
        status: [`/connections/${connections[0]!.id}/status`, 0.3],
        list: [`/connections?limit=${LISTED}`, 0.4],
      } as const;
      const findings = [];
      const raw: Record<string, unknown> = {};
      for (const [name, [path, atLeast]] of Object.entries(paths)) {
        const { text } = await client.get(path);
        const length = Buffer.byteLength(text);
        bare.send(text);
        await fromBare.next();
        const common = { connections: AT_ONCE, length, seconds: Math.max(0.5, 3 * scale) };
        const ours = {
          ...common,
          url: `${house.gateway}/api/platform/v1${path}`,
          headers: { 'x-api-key': client.key },
        };
        const theirs = { ...common, url, headers: {} };
        // Both warm, as a server that polls are sent to is.
        for (const load of [ours, theirs]) await rate(load);
        const rates = { gateway: [] as number[], bare: [] as number[] };
        for (let i = 0; i < ROUNDS; i++) {
          rates.gateway.push(await rate(ours));
          rates.bare.push(await rate(theirs));
        }
        const ratios = rates.gateway.map((value, i) => round(value / rates.bare[i]!, 3));
        raw[name] = { bytes: length, answers_per_s: rates, ratios };
        progress(`${name}: ${JSON.stringify(raw[name])}`);
        findings.push({
          what: `rate of the ${name} (${length} bytes), of the bare route's`,
          value: median(ratios),
          unit: '×',
          target: { atLeast },
        } as const);
      }
      return { findings, raw };
    } finally {
      await Promise.all([bare.stop(), generator.stop(), house.close()]);
    }
  },
};

async function connectMany(client: Client, count: number): Promise<void> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push((await client.connect({ connector_type: 'x', account_handle: `listed_${i}` })).id);
  }
  for (const id of ids) await client.settled(id);
}
