import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createPostgres, eventually, type TestPostgres } from '@connections/testing';

import type { Connection } from './house/client.js';
import { House } from './house/house.js';
import { Load } from './house/load.js';
import { Scene } from './house/scenes.js';

const CONTACTS = 3_000;
const SERVICES = ['gateway', 'access', 'catalog', 'connections', 'oauth', 'sync', 'puller', 'projection'];
const RECOVERY = { timeoutMs: 45_000, intervalMs: 100 };

let postgres: TestPostgres;
let house: House;
let copies: string;
let workspace = 0;

beforeAll(async () => {
  copies = mkdtempSync(join(tmpdir(), 'connections-broker-'));
  postgres = await createPostgres();
  house = await House.open({ postgresUrl: postgres.url, moreWorkspaces: 8 });
}, 120_000);

afterAll(async () => {
  await postgres.start();
  await house?.nats.start();
  await house?.close();
  await postgres.destroy();
  rmSync(copies, { recursive: true, force: true });
}, 60_000);

describe.each([
  ['is stopped', () => postgres.stop()],
  ['crashes', () => postgres.kill()],
])('when Postgres %s', (_how, goAway) => {
  it(
    'everyone says so, nothing acknowledged is lost, and all goes on when it is back',
    () =>
      during(async (load) => {
        await goAway();
        await expectUnready(SERVICES);
        await load.isRefused(4);
        await postgres.start();
      }),
    150_000,
  );
});

describe('when NATS', () => {
  it(
    'is stopped: everyone says so, nothing acknowledged is lost, and all goes on when it is back',
    () =>
      during(async (load) => {
        await house.nats.stop();
        await expectUnready(SERVICES);
        await load.isRefused(4);
        await house.nats.start();
      }),
    150_000,
  );

  it(
    'is killed and comes back with an earlier state of its store, all converges',
    () =>
      during(async (load) => {
        const copy = join(copies, 'earlier');
        house.nats.copyStore(copy);
        await load.goesOn(10);
        await house.nats.kill();
        house.nats.restoreStore(copy);
        await house.nats.start();
      }),
    150_000,
  );

  it(
    'comes back without its store, all converges',
    () =>
      during(async () => {
        await house.nats.kill();
        house.nats.restoreStore(mkdtempSync(join(copies, 'empty-')));
        await house.nats.start();
      }),
    150_000,
  );
});

/** Lets members work and runs be under way while `outage` happens; then everything must be as if it had not. */
async function during(outage: (load: Load) => Promise<void>): Promise<void> {
  const scenes = await underWay();
  const load = new Load(house.client('admin', 0));
  try {
    await load.goesOn(5);
    await outage(load);
    await eventually(async () => {
      const said = await Promise.all(
        SERVICES.map(async (name) => [name, await house.readiness(name)] as const),
      );
      expect(said.filter(([, { status }]) => status !== 200)).toEqual([]);
    }, RECOVERY);
    await load.goesOn(3);
  } finally {
    await load.stop();
  }

  expectManners(load);
  await eventually(
    async () => {
      const shown = await everyConnection();
      expect(load.acknowledged.filter((id) => !shown.has(id))).toEqual([]);
      const unwell = [...shown.values()].filter(({ health }) => health !== 'healthy');
      expect(unwell.map(({ id, health, last_run }) => ({ id, health, last_run }))).toEqual([]);
    },
    { ...RECOVERY, intervalMs: 250 },
  );
  for (const scene of scenes) {
    expect(await scene.settled(60_000)).toMatchObject({
      health: 'healthy',
      last_run: { status: 'completed' },
    });
    expect((await scene.runs()).map(({ status }) => status)).toEqual(['completed']);
  }
  expect((await scenes[0]!.streams()).get('contacts')?.record_count).toBe(CONTACTS);
  expect(await house.query('sync', `SELECT run_id, state FROM run WHERE state <> 'finished'`)).toEqual([]);
}

/** Runs in the middle of their streams, each in a workspace of its own. */
async function underWay(): Promise<readonly Scene[]> {
  workspace++;
  const hubspot = new Scene(house, 'hubspot', workspace);
  const pipedrive = new Scene(house, 'pipedrive', workspace);
  await hubspot.control({ records: { contacts: CONTACTS }, latency_ms: 60 });
  await pipedrive.control({ latency_ms: 60 });
  await Promise.all([hubspot.connect(), pipedrive.connect()]);
  await eventually(async () => (await hubspot.requests('/contacts?')).length > 5, RECOVERY);
  return [hubspot, pipedrive];
}

async function everyConnection(): Promise<Map<string, Connection>> {
  const all = new Map<string, Connection>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: { connections: Connection[]; next_cursor: string | null } } = await house
      .client('admin', 0)
      .get(`/connections?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    for (const connection of body.connections) all.set(connection.id, connection);
    cursor = body.next_cursor;
  }
  return all;
}

/** Not ready, and alive: nobody should restart them for it. */
async function expectUnready(services: readonly string[]): Promise<void> {
  await eventually(async () => {
    for (const service of services) {
      expect({ service, ...(await house.readiness(service)) }).toMatchObject({ service, status: 503 });
      expect((await fetch(`${house.urls[service]}/healthz`)).status).toBe(200);
    }
  }, RECOVERY);
}

/** Refusals say when to come again, in the envelope, and nothing of our insides. */
function expectManners(load: Load): void {
  for (const { status, headers, body, text } of load.refused) {
    expect({ status, text }).toMatchObject({ status: 503 });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toEqual({ error: { code: 'unavailable', message: expect.any(String) } });
  }
}
