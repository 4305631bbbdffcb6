import { eventually } from '@connections/testing';

import type { Client } from './house/client.js';
import { House } from './house/house.js';

let house: House;
let ada: Client;
let edgar: Client;

beforeAll(async () => {
  house = await House.open();
  ada = house.client('admin');
  edgar = house.client('editor');
}, 90_000);

afterAll(() => house?.close());

const mailboxes = [
  { type: 'gmail', streams: 3, messages: 240, own: ['5101', '5102'], label: 'User.5101@example.test' },
  { type: 'outlook', streams: 2, messages: 480, own: ['6101', '6102'], label: 'ada.6101@example.test' },
] as const;

describe.each(mailboxes)('$type', ({ type, streams, messages, own, label }) => {
  let hers: string;
  let his: string;
  const approve = (client: Client, account: string) =>
    client.approve({ connector_type: type }, { sandbox_account: account });

  it('reaches healthy with its records, for each member with a mailbox of their own', async () => {
    hers = await approve(ada, own[0]);
    his = await approve(edgar, own[1]);
    expect(his).not.toBe(hers);
    for (const [client, id] of [
      [ada, hers],
      [edgar, his],
    ] as const) {
      expect(await client.settled(id, 60_000)).toMatchObject({
        health: 'healthy',
        last_run: { status: 'completed', streams_total: streams, streams_failed: 0 },
      });
      expect(await client.records(id, 'messages')).toHaveLength(messages);
    }
    const { members } = house.workspace();
    expect((await ada.get(`/connections/${hers}`)).body).toMatchObject({
      ownership: 'personal',
      account_label: label,
      owner_user_id: members.find(({ role }) => role === 'admin')!.id,
    });
  }, 90_000);

  it('shows a mailbox to who approved it, and to nobody else, whoever is its owner', async () => {
    const read = (client: Client) => client.get(`/connections/${hers}/records?stream=messages`);
    expect(await read(edgar)).toMatchObject({ status: 403, body: { error: { code: 'not_owner' } } });
    // Everything but the records is the workspace's to see.
    expect((await edgar.get(`/connections/${hers}`)).status).toBe(200);
    expect((await read(ada)).status).toBe(200);
  });

  it('takes no other mailbox in a reconnect, and keeps what it had', async () => {
    await house.control(type, { account: own[0], revoke_tokens: true });
    await ada.post(`/connections/${hers}/sync`);
    await eventually(
      async () => expect(await ada.status(hers)).toMatchObject({ health: 'needs_reauth', is_syncing: false }),
      { timeoutMs: 30_000 },
    );
    const reconnect = async (account: string) => {
      const { body } = await ada.post<{ authorize_url: string }>(`/connections/${hers}/reconnect`);
      return ada.follow(body.authorize_url, { sandbox_decision: 'approve', sandbox_account: account });
    };
    expect(await reconnect(String(Number(own[0]) + 50))).toMatch(/connect=account_mismatch$/);
    expect(await reconnect(own[0])).toContain(`/connections/${hers}?connect=success`);
    expect(await ada.settled(hers, 60_000)).toMatchObject({ health: 'healthy' });
    expect(await ada.records(hers, 'messages')).toHaveLength(messages);
  }, 90_000);
});

describe('Gmail’s grant', () => {
  const account = '5201';
  const revocations = () =>
    house.query<{ state: string }>(
      'oauth',
      `SELECT state FROM revocation WHERE external_id = $1 ORDER BY revocation_id`,
      ['user.5201@example.test'],
    );
  const revoked = () =>
    house.sandbox<{ total: number }>('GET', `/_control/gmail/requests?path=/revoke&account=${account}`);
  const disconnect = async (client: Client, id: string) =>
    expect(await client.request('DELETE', `/connections/${id}`)).toMatchObject({
      body: { id, status: 'disconnected' },
    });

  it('lives as long as another connection rests on it, and is revoked with the last one', async () => {
    const admin = house.client('admin', 1);
    await house.control('gmail', { account, records: { messages: 20 } });
    const editor = house.client('editor', 1);
    const [first, second] = [
      await editor.approve({ connector_type: 'gmail' }, { sandbox_account: account }),
      await admin.approve({ connector_type: 'gmail' }, { sandbox_account: account }),
    ];
    await admin.settled(second, 60_000);
    await disconnect(editor, first);
    await eventually(async () => expect(await revocations()).toEqual([{ state: 'still_used' }]), {
      timeoutMs: 20_000,
    });
    expect((await revoked()).total).toBe(0);
    await admin.post(`/connections/${second}/sync`);
    expect(await admin.settled(second)).toMatchObject({ health: 'healthy' });
    await disconnect(admin, second);
    await eventually(
      async () => expect(await revocations()).toEqual([{ state: 'still_used' }, { state: 'revoked' }]),
      { timeoutMs: 20_000 },
    );
    expect((await revoked()).total).toBe(1);
  }, 90_000);
});
