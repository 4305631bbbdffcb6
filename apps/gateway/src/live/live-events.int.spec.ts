import { eventually } from '@connections/testing';
import { DataSource } from 'typeorm';

import { EventSourceClient } from '../../test/event-source.js';
import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let stranger: Caller;
let id: string;
const opened: EventSourceClient[] = [];

const url = () => `${house.service('gateway').url}/api/platform/v1/connections/events`;
const follow = async (caller: Caller, lastEventId?: string): Promise<EventSourceClient> => {
  const client = await EventSourceClient.open(url(), {
    'X-API-Key': caller.key,
    ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
  });
  opened.push(client);
  await eventually(async () => expect(client.lastEventId).not.toBe(''));
  return client;
};
const status = async (connectionId = id) =>
  (await house.request('GET', `connections/${connectionId}/status`, admin)).body;

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  stranger = await house.member('admin');
}, 90_000);
afterAll(async () => {
  for (const client of opened) client.close();
  await house?.close();
}, 60_000);

describe('live events', () => {
  it('follow a connect to its end, each with the status as GET …/status shows it', async () => {
    const mine = await follow(admin);
    expect(mine.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(mine.response.headers.get('cache-control')).toBe('no-store');
    const { body } = await house.request('POST', 'connections', admin, {
      connector_type: 'pipedrive',
      api_key: 'sandbox_1001',
    });
    id = body.connection.id;
    expect((await mine.heard(({ event }) => event === 'connection.changed')).data).toMatchObject({ id });
    const last = await mine.heard(
      ({ event, data }) =>
        event === 'run.changed' && data.last_run?.status === 'completed' && !data.is_syncing,
    );
    expect(last.data).toEqual(await status());
    const versions = mine.events.map((event) => Number(event.id.split('-')[0]));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }, 60_000);

  it('are those of one’s own workspace', async () => {
    const [mine, theirs] = [await follow(admin), await follow(stranger)];
    await house.request('PATCH', `connections/${id}`, admin, { name: 'Deals' });
    await mine.heard(({ event }) => event === 'connection.changed');
    expect(theirs.events).toEqual([]);
  });

  it('resume behind the last one heard', async () => {
    const before = await follow(admin);
    before.close();
    await house.request('POST', `connections/${id}/pause`, admin);
    await house.request('POST', `connections/${id}/resume`, admin);
    const after = await follow(admin, before.lastEventId);
    // What happened twice meanwhile is told once, as it is now.
    expect(after.events.map(({ event, data }) => [event, data.status])).toEqual([
      ['connection.changed', 'connected'],
    ]);
    expect((await follow(admin, after.lastEventId)).events).toEqual([]);
  });

  it.each(['999999-1', 'not-an-id'])('begin with resync behind the unknown %s', async (lastEventId) => {
    const client = await follow(admin, lastEventId);
    expect(client.events.map(({ event }) => event)).toEqual(['resync']);
    expect((await follow(admin, client.lastEventId)).events).toEqual([]);
  });

  it('begin with resync behind what is no longer kept', async () => {
    const { lastEventId } = await follow(admin);
    await house.request('PATCH', `connections/${id}`, admin, { name: 'Old' });
    await withViews((views) => views.query('delete from change_log'));
    await house.request('PATCH', `connections/${id}`, admin, { name: 'New' });
    const client = await follow(admin, lastEventId);
    expect(client.events.map(({ event }) => event)).toEqual(['resync']);
  });

  it('tell what time alone has changed, also to one that was away', async () => {
    const away = await follow(admin);
    away.close();
    await turnsStaleIn(3);
    const there = await follow(admin);
    await house.request('PATCH', `connections/${id}`, admin, { name: 'Aging' }); // its views are read anew
    const { data } = await there.heard((one) => one.data.health === 'stale');
    expect(data).toEqual(await status());
    expect((await follow(admin, away.lastEventId)).events.map((one) => one.data.health)).toContain('stale');
  }, 30_000);

  it('tell of a new name with the status that a client has to merge', async () => {
    const mine = await follow(admin);
    await house.request('PATCH', `connections/${id}`, admin, { name: 'Merged' });
    const { data } = await mine.heard(({ event }) => event === 'connection.changed');
    expect(data).toEqual(await status());
  });

  it('tell that a row was discarded, also to one that was away', async () => {
    const away = await follow(admin);
    away.close();
    const there = await follow(admin);
    const { body } = await house.request('POST', 'connections', admin, { connector_type: 'hubspot' });
    const pending = body.connection.id;
    await discardNeverApproved();
    const removed = await there.heard(({ event }) => event === 'connection.removed');
    expect(removed.data).toEqual({ id: pending });
    const missed = (await follow(admin, away.lastEventId)).events;
    expect(missed.map(({ event, data }) => [event, data.id])).toContainEqual(['connection.removed', pending]);
  });

  it('tell a caller that their rights have changed, and go on while those suffice', async () => {
    const member = await house.member('editor', admin.workspaceId);
    const [theirs, mine] = [await follow(member), await follow(admin)];
    const { lastEventId } = theirs;
    await house.request('PATCH', `members/${member.userId}`, admin, { role: 'viewer' });
    expect(await theirs.heard(({ event }) => event === 'access.changed')).toEqual({
      event: 'access.changed',
      id: lastEventId,
      data: {},
    });
    const roles = { viewer: 'read', editor: 'write', admin: 'write' };
    await house.request('PUT', 'settings/access/connections', admin, { roles });
    await eventually(async () =>
      expect(theirs.events.filter(({ event }) => event === 'access.changed')).toHaveLength(2),
    );
    const hidden = { ...roles, viewer: 'hidden' };
    await house.request('PUT', 'settings/access/connections', admin, { roles: hidden });
    await eventually(async () => expect(theirs.ended).toBe(true), { timeoutMs: 2000 });
    await house.request('DELETE', 'settings/access/connections', admin);
    expect([mine.ended, mine.events.filter(({ event }) => event === 'access.changed')]).toEqual([false, []]);
  });

  it('to HEAD are headers only, and to others a refusal', async () => {
    const head = await fetch(url(), { method: 'HEAD', headers: { 'X-API-Key': admin.key } });
    expect([head.status, head.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect((await fetch(url())).status).toBe(401);
    expect((await house.request('POST', 'connections/events', admin)).status).toBe(405);
  });

  it('end within a second of the key’s revocation, and others’ go on', async () => {
    const leaver = await house.member('viewer', admin.workspaceId);
    const [theirs, mine] = [await follow(leaver), await follow(admin)];
    await house.revoke(leaver);
    await eventually(async () => expect(theirs.ended).toBe(true), { timeoutMs: 1000 });
    expect(mine.ended).toBe(false);
  });

  it('end with the gateway, and resume at the next', async () => {
    const client = await follow(admin);
    await house.stop('gateway');
    await eventually(async () => expect(client.ended).toBe(true));
    await house.restart('gateway');
    const { events } = await follow(admin, client.lastEventId);
    // What turned stale just now may be told twice: two gateways' clocks are not one.
    expect(events.filter(({ event, data }) => event === 'resync' || data.health !== 'stale')).toEqual([]);
  }, 30_000);
});

async function withViews(work: (views: DataSource) => Promise<unknown>): Promise<void> {
  const views = new DataSource({ type: 'postgres', url: `${house.postgres.url}_projection` });
  await views.initialize();
  try {
    await work(views);
  } finally {
    await views.destroy();
  }
}

/** Makes the last success so old that nothing but the clock is missing. */
async function turnsStaleIn(seconds: number): Promise<void> {
  await withViews((views) =>
    views.query(
      `update run_view set started_at = clock_timestamp() + make_interval(secs => $2) - interval '3 hours',
         finished_at = clock_timestamp() + make_interval(secs => $2) - interval '3 hours' where connection_id = $1`,
      [id, seconds],
    ),
  );
  await withViews((views) =>
    views.query(`update connection_view set connected_at = connected_at - interval '1 day' where id = $1`, [
      id,
    ]),
  );
}

/** A day later, as connections' own sweep sees it: its class is found by name, for no service imports another. */
async function discardNeverApproved(): Promise<void> {
  const file = '../../../connections/src/connection/never-approved.sweep.js';
  const { NeverApprovedSweep } = (await import(file)) as {
    NeverApprovedSweep: new () => { sweep(now: Date): Promise<number> };
  };
  const sweep = house.service('connections').app.get(NeverApprovedSweep);
  expect(await sweep.sweep(new Date(Date.now() + 25 * 3_600_000))).toBe(1);
}
