import { eventually } from '@connections/testing';

import { House } from './house/house.js';
import { Scene, type LoggedRequest } from './house/scenes.js';

let house: House;

beforeAll(async () => {
  house = await House.open({ moreWorkspaces: 6 });
}, 120_000);

afterAll(() => house?.close(), 60_000);

const completed = { status: 'connected', health: 'healthy', last_run: { status: 'completed' } };

/** A connection whose first run is in the middle of a long stream, three lanes at work. */
async function midway(workspace: number, settings: object = {}): Promise<Scene> {
  const scene = new Scene(house, 'hubspot', workspace);
  await scene.control({ records: { contacts: 4_000, deals: 1_000 }, latency_ms: 30, ...settings });
  await scene.connect();
  await reached(scene, 5);
  expect(await scene.status()).toMatchObject({ status: 'syncing', health: 'syncing', is_syncing: true });
  return scene;
}

const reached = (scene: Scene, pages: number) =>
  eventually(async () => (await scene.requests('/contacts?')).length >= pages, { timeoutMs: 30_000 });

/** No worker has anything of the connection in hand any more. */
const letGo = (scene: Scene) =>
  eventually(async () => {
    const sql = 'SELECT stream FROM checkpoint WHERE connection_id = $1 AND lease_token IS NOT NULL';
    expect(await house.query('puller', sql, [scene.id])).toEqual([]);
  });

describe('tokens', () => {
  it('that expire and rotate in mid-run are refreshed once, and the run goes on', async () => {
    const scene = await midway(0, { rotate_refresh_tokens: true });
    await scene.control({ expire_tokens: true });
    expect(await scene.settled(60_000)).toMatchObject({
      ...completed,
      last_run: { status: 'completed', streams_failed: 0 },
    });
    // A request whose token is refused belongs to no account.
    const { requests } = await house.sandbox<{ requests: LoggedRequest[] }>(
      'GET',
      '/_control/hubspot/requests',
    );
    expect(requests.filter(({ status }) => status === 401)).not.toHaveLength(0);
    const refreshes = requests.filter(({ grant_type }) => grant_type === 'refresh_token');
    expect(refreshes.map(({ status }) => status)).toEqual([200]);
    expect((await scene.streams()).get('contacts')?.record_count).toBe(4_000);
  }, 90_000);

  it('that are revoked in mid-run need the member, whose new consent mends the same row', async () => {
    const scene = await midway(1);
    await scene.control({ revoke_tokens: true });
    expect(await scene.settled()).toMatchObject({
      status: 'error',
      health: 'needs_reauth',
      last_run: { error_reason: 'auth' },
    });
    expect(await scene.post('sync')).toMatchObject({
      status: 409,
      body: { error: { code: 'invalid_state' } },
    });
    expect(await scene.nextDue()).toBeNull();
    const before = await scene.runs();

    const { body } = await scene.post('reconnect');
    expect(body).toMatchObject({ mode: 'oauth_redirect' });
    expect(await scene.status()).toMatchObject({ status: 'pending', health: 'needs_reauth' });
    const landing = await scene.client.follow(String(body.authorize_url), {
      sandbox_decision: 'approve',
      sandbox_account: scene.account,
    });
    expect(landing).toContain(`/connections/${scene.id}?connect=success`);
    expect(await scene.settled(60_000)).toMatchObject(completed);
    expect((await scene.runs()).slice(1)).toEqual(before);
    expect((await scene.streams()).get('contacts')?.record_count).toBe(4_000);
  }, 90_000);

  it('are kept when the new consent is for another account', async () => {
    const scene = new Scene(house, 'hubspot', 1);
    [scene.id] = (
      await scene.client.get<{ connections: { id: string }[] }>('/connections')
    ).body.connections.map(({ id }) => id) as [string];
    await scene.post('pause');
    const { body } = await scene.post('reconnect');
    const landing = await scene.client.follow(String(body.authorize_url), {
      sandbox_decision: 'approve',
      sandbox_account: '4999999',
    });
    expect(landing).toContain('connect=account_mismatch');
    expect(await scene.status()).toMatchObject({ status: 'paused' });
    await scene.post('resume');
    expect(await scene.post('sync')).toMatchObject({ status: 202 });
    expect(await scene.settled()).toMatchObject(completed);
  }, 60_000);

  it('an API key that was revoked is replaced by another of the same account', async () => {
    const scene = await new Scene(house, 'pipedrive', 2).connect();
    expect(await scene.settled()).toMatchObject(completed);
    await scene.control({ revoke_tokens: true });
    await scene.post('sync');
    expect(await scene.settled()).toMatchObject({
      status: 'error',
      health: 'needs_reauth',
      last_run: { status: 'failed', error_reason: 'auth' },
    });

    const refused = (code: string) => ({ status: 400, body: { error: { code } } });
    expect(await scene.post('reconnect', { api_key: 'nonsense' })).toMatchObject(
      refused('credentials_rejected'),
    );
    expect(await scene.post('reconnect', { api_key: 'sandbox_77' })).toMatchObject(
      refused('account_mismatch'),
    );
    expect(await scene.status()).toMatchObject({ health: 'needs_reauth' });
    expect(await scene.post('reconnect', { api_key: `sandbox_${scene.account}_new` })).toMatchObject({
      status: 200,
      body: { mode: 'connected', connection: { id: scene.id, is_syncing: true } },
    });
    expect(await scene.settled()).toMatchObject(completed);
  }, 60_000);
});

describe('a disconnect in mid-run', () => {
  it('ends it at its next page, keeps what there is, and can be taken back', async () => {
    const scene = await midway(3);
    const asked = (await scene.requests()).length;
    expect(await scene.client.request('DELETE', `/connections/${scene.id}`)).toMatchObject({
      status: 200,
      body: { id: scene.id, status: 'disconnected' },
    });
    expect(await scene.settled()).toMatchObject({ status: 'disconnected', health: 'disconnected' });
    await letGo(scene);
    // Of each lane the page in hand, and the one fetched ahead.
    expect((await scene.requests('/objects/')).length - asked).toBeLessThanOrEqual(6);
    const [kept] = await house.query<{ n: number }>(
      'puller',
      'SELECT count(*)::int AS n FROM records WHERE connection_id = $1',
      [scene.id],
    );
    expect(kept!.n).toBeGreaterThan(0);
    expect(await scene.nextDue()).toBeNull();
    expect(await scene.post('sync')).toMatchObject({ status: 409 });

    const { id } = scene;
    expect((await scene.connect()).id).toBe(id);
    expect(await scene.settled(60_000)).toMatchObject(completed);
    expect((await scene.streams()).get('contacts')?.record_count).toBe(4_000);
  }, 90_000);
});

describe('a pause in mid-run', () => {
  it('lets it finish; nothing more runs until it is resumed', async () => {
    const scene = await midway(4);
    expect(await scene.post('pause')).toMatchObject({
      status: 200,
      body: { id: scene.id, status: 'paused' },
    });
    expect(await scene.status()).toMatchObject({ status: 'paused', health: 'syncing', is_syncing: true });
    expect(await scene.settled(60_000)).toMatchObject({
      status: 'paused',
      health: 'healthy',
      last_run: { status: 'completed' },
    });
    expect(await scene.post('sync')).toMatchObject({
      status: 409,
      body: { error: { code: 'invalid_state' } },
    });
    expect(await scene.post('resume')).toMatchObject({
      status: 200,
      body: { id: scene.id, status: 'connected' },
    });
    expect(await scene.post('sync')).toMatchObject({ status: 202, body: { mode: 'sync_started' } });
    expect(await scene.settled()).toMatchObject(completed);
  }, 60_000);
});

describe('a run that holds its connection', () => {
  it('answers who asks for another that it is already at work', async () => {
    const scene = await midway(5);
    const { body } = await scene.post('sync');
    expect(body).toMatchObject({ mode: 'already_syncing', connection: { id: scene.id, is_syncing: true } });
    expect(await scene.settled(60_000)).toMatchObject(completed);
    expect(await scene.runs()).toHaveLength(1);
  }, 60_000);

  it('is the one of many asked for at once; the others are recorded as skipped', async () => {
    const scene = await new Scene(house, 'pipedrive', 6).connect();
    await scene.settled();
    const bursts = await eventually(
      async () => {
        const answers = await Promise.all(Array.from({ length: 6 }, () => scene.post('sync')));
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
        await scene.settled();
        const runs = await scene.runs();
        expect(runs.map(({ status }) => status)).toContain('skipped_locked');
        return runs;
      },
      { timeoutMs: 30_000 },
    );
    expect(new Set(bursts.map(({ status }) => status))).toEqual(new Set(['completed', 'skipped_locked']));
    expect(await scene.status()).toMatchObject({ status: 'connected', health: 'healthy' });
  }, 60_000);

  it('is left running nowhere', async () => {
    expect(await house.query('sync', `SELECT run_id FROM run WHERE state <> 'finished'`)).toEqual([]);
  });
});
