import { eventually } from '@connections/testing';
import type { Client } from './house/client.js';
import { House } from './house/house.js';
import type { LoggedRequest } from './house/scenes.js';

let house: House;
let admin: Client;

beforeAll(async () => {
  house = await House.open();
  admin = house.client('admin');
}, 90_000);

afterAll(() => house?.close());

/** Providers that keep each account at an address of its own, which comes with the tokens. */
const cases = [
  { type: 'salesforce', streams: 9, stream: 'contacts', rows: 2_300, account: '5001', label: 'Acme 5001 ☁️' },
  { type: 'gong', streams: 4, stream: 'call_transcripts', rows: 250, account: '4401', label: 'Acme 4401 🎧' },
] as const;

describe.each(cases)('$type', ({ type, streams, stream, rows, account, label }) => {
  let id: string;

  const requests = async (path: string) => {
    const query = `path=${encodeURIComponent(path)}&limit=100000`;
    const answer = await house.sandbox<{ requests: LoggedRequest[] }>(
      'GET',
      `/_control/${type}/requests?${query}`,
    );
    return answer.requests;
  };

  const healthy = async () =>
    expect(await admin.settled(id)).toMatchObject({
      status: 'connected',
      health: 'healthy',
      last_run: { status: 'completed', streams_total: streams, streams_failed: 0, error_reason: null },
    });

  it('from nothing to healthy, read at its own address', async () => {
    id = await admin.approve({ connector_type: type });
    await healthy();
    expect(await admin.records(id, stream)).toHaveLength(rows);
    const { body } = await admin.get(`/connections/${id}`);
    expect(body).toMatchObject({ account_label: label, auth_method: 'oauth' });
    // The stand-ins know no account anywhere else.
    expect(house.env[`${type.toUpperCase()}_BASE_URL`]).toBeUndefined();
  }, 60_000);

  it('a token that is refused is renewed, and the next run goes on', async () => {
    await house.control(type, { expire_tokens: true });
    expect(await admin.post(`/connections/${id}/sync`)).toMatchObject({ status: 202 });
    await healthy();
    const refreshes = (await requests('/oauth2/')).filter(
      ({ grant_type: grant }) => grant === 'refresh_token',
    );
    expect(refreshes.map(({ status }) => status)).toEqual([200]);
  }, 60_000);

  it('reconnected with another account it is refused, and goes on with its own', async () => {
    const reconnect = async (other: string) => {
      const { body } = await admin.post<{ authorize_url: string }>(`/connections/${id}/reconnect`);
      return admin.follow(body.authorize_url, { sandbox_decision: 'approve', sandbox_account: other });
    };
    await admin.post(`/connections/${id}/pause`);
    expect(await reconnect('4999')).toContain('connect=account_mismatch');
    expect(await admin.status(id)).toMatchObject({ status: 'paused' });
    expect(await reconnect(account)).toContain(`/connections/${id}?connect=success`);
    await admin.post(`/connections/${id}/resume`);
    await admin.post(`/connections/${id}/sync`);
    await healthy();
  }, 60_000);

  it('disconnected it leaves no token behind', async () => {
    const before = (await requests('/revoke')).length;
    expect(await admin.request('DELETE', `/connections/${id}`)).toMatchObject({ status: 200 });
    await eventually(async () => {
      const sql = `SELECT credential_id FROM credential
                   WHERE account->>'label' = $1 AND (status <> 'retired' OR ciphertext IS NOT NULL)`;
      expect(await house.query('oauth', sql, [label])).toEqual([]);
    }, { timeoutMs: 20_000 }); // prettier-ignore
    if (type === 'gong') {
      // Gong documents no revocation: the company's admin removes the app.
      expect(await requests('/revoke')).toEqual([]);
      return;
    }
    // The one that the reconnect replaced shared its account until now, and may end with it.
    await eventually(async () => {
      const [{ open }] = (await house.query<{ open: number }>(
        'oauth',
        `SELECT count(*) FILTER (WHERE state = 'pending')::int AS open FROM revocation WHERE connector_type = $1`,
        [type],
      )) as [{ open: number }];
      expect(open).toBe(0);
      const revoked = (await requests('/services/oauth2/revoke')).map(({ status }) => status);
      expect(new Set(revoked)).toEqual(new Set([200]));
      expect(revoked.length).toBeGreaterThan(before);
    }, { timeoutMs: 30_000 }); // prettier-ignore
  }, 60_000);
});
