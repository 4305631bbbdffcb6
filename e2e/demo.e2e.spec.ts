import { healths } from '@connections/contracts';
import { eventually, spawnService } from '@connections/testing';

import { controlDemo, demoConnections } from '../tools/dev/demo-plan.mjs';
import type { Client, Connection, Run } from './house/client.js';
import { House } from './house/house.js';

const DEMO = 2;

let house: House;
let admin: Client;

/** As `npm start` fills it; gives how many connections are not as planned. */
async function fill(): Promise<number> {
  const child = await spawnService('tools/dev/seed-demo.ts', {
    env: {
      ...house.env,
      GATEWAY: house.gateway,
      SANDBOX: house.sandboxUrl,
      DEMO_WORKSPACE: JSON.stringify(house.workspace(DEMO)),
      DEMO_CONNECTORS: demoConnections.map(({ type }) => type).join(),
    },
  });
  const failures = new Promise<number>((resolve, reject) => {
    child.onMessage((message) => resolve((message as { failures: number }).failures));
    void child.exited.then(() => reject(new Error(child.output())));
  });
  const failed = await failures;
  if (failed > 0) console.error(child.output());
  return failed;
}

async function shown(client = admin): Promise<Connection[]> {
  const lists = await Promise.all(
    ['', '&status=pending', '&status=disconnected'].map((filter) =>
      client.get<{ connections: Connection[] }>(`/connections?limit=100${filter}`),
    ),
  );
  return lists.flatMap(({ body }) => body.connections);
}

const one = (type: string, rows: readonly Connection[]) =>
  rows.find(({ connector_type }) => connector_type === type)!;

const summary = (rows: readonly Connection[]) =>
  rows.map(({ id, connector_type, status, health }) => ({ id, connector_type, status, health }));

let first: Connection[];

beforeAll(async () => {
  house = await House.open({ demo: true });
  admin = house.client('admin', DEMO);
  expect(await fill()).toBe(0);
  first = await shown();
}, 120_000);
afterAll(() => house?.close(), 60_000);

describe('the workspace Demo', () => {
  it('shows a connection in each health, and one that is being connected', () => {
    expect(new Set(first.map(({ health }) => health))).toEqual(new Set(healths));
    expect(first).toHaveLength(demoConnections.length);
    for (const { type, health, status } of demoConnections) {
      expect(one(type, first)).toMatchObject({ connector_type: type, health, ...(status && { status }) });
    }
  });

  it('has a mailbox that belongs to the member who connected it', () => {
    const { user_id } = house.workspace(DEMO).keys.editor!;
    expect(one('gmail', first)).toMatchObject({ ownership: 'personal', owner_user_id: user_id });
  });

  it.each(['x', 'linkedin'])('has a year of posts of %s, the newest without numbers', async (type) => {
    const { id } = one(type, first);
    const { body } = await admin.get<{ posts: { posted_at: string; likes: number | null }[] }>(
      `/connections/${id}/social?range=90d&limit=50`,
    );
    expect(body.posts[0]!.likes).toBeNull();
    expect(body.posts.some(({ likes }) => (likes ?? 0) > 0)).toBe(true);
    const posts = await admin.records(id, 'posts');
    const ages = posts.map(({ data }) => Date.now() - Date.parse(String(data['created_at'])));
    expect(Math.max(...ages)).toBeGreaterThan(365 * 86_400_000);
  });

  it('has what the past of a stale connection says of it', async () => {
    const { id } = one('granola', first);
    const { body } = await admin.get<{ runs: Run[] }>(`/connections/${id}/runs`);
    expect(body.runs.map(({ status }) => status)).toEqual(Array(7).fill('completed'));
    const { body: run } = await admin.get<Run>(`/connections/${id}/runs/${body.runs.at(-1)!.id}`);
    await eventually(async () => {
      for (const { stream, records_written } of run.streams!) {
        const stored = (await admin.records(id, stream)).length;
        expect({ stream, stored }).toEqual({ stream, stored: records_written });
      }
    });
  });

  it('is found again by the next start, whose sandbox is new', async () => {
    for (const { type } of demoConnections) await house.sandbox('DELETE', `/_control/${type}`);
    await controlDemo(house.sandboxUrl, 'nature');
    await controlDemo(house.sandboxUrl, 'fault');
    // What the schedule would do in an hour.
    const refused = ['pipedrive', 'hubspot'].map((type) => one(type, first).id);
    for (const id of refused) await admin.post(`/connections/${id}/sync`);
    for (const id of refused) await admin.settled(id);
    expect(await fill()).toBe(0);
    expect(summary(await shown())).toEqual(expect.arrayContaining(summary(first)));
    expect(await shown()).toHaveLength(first.length);
  }, 60_000);

  it('leaves the other workspaces empty', async () => {
    for (const workspace of [0, 1]) expect(await shown(house.client('admin', workspace))).toEqual([]);
  });
});
