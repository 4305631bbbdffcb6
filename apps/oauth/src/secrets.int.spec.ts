import { jetstreamManager } from '@nats-io/jetstream';
import { collectSpans } from '@connections/platform';
import { eventually } from '@connections/testing';

import { VaultHouse } from '../test/vault-house.js';
import { Vault } from './vault/vault.js';

const API_KEY = 'sandbox_1020_plantedPipedriveKey';
const BAD_KEY = 'plantedRefusedPipedriveKey';
const FORGED_CODE = 'plantedForgedCode';

let house: VaultHouse;
/** Secret texts by what they are; filled as they come into being. */
const secrets = new Map<string, string>([
  ['API key', API_KEY],
  ['refused API key', BAD_KEY],
  ['forged code', FORGED_CODE],
]);

beforeAll(async () => {
  house = await VaultHouse.start();
  secrets.set('client secret', house.environment['HUBSPOT_CLIENT_SECRET']!);
  secrets.set('platform bearer', house.environment['X_BEARER_TOKEN']!);
  secrets.set('key-encryption key', house.environment['VAULT_KEYS']!.slice(2));
}, 60_000);
afterAll(() => house?.stop());

/** Everything that carries a secret, with its refusals. */
async function useEverySecret(round: string): Promise<string> {
  const refusals: string[] = [];
  const refused = (error: unknown) =>
    void refusals.push(JSON.stringify(error), String((error as Error).stack));
  const who = await house.member();
  const { workspaceId } = who;
  await house.vault.stageApiKey({ workspaceId, connectorType: 'pipedrive', apiKey: API_KEY });
  await house.vault.stageApiKey({ workspaceId, connectorType: 'pipedrive', apiKey: BAD_KEY }).catch(refused);
  const handle = await house.vault.stageHandle({ workspaceId, connectorType: 'x', accountHandle: 'acme' });
  await house.vault.leaseToken({ workspaceId, credentialId: handle.credentialId });

  const forged = await house.decide(await house.begin(who));
  secrets.set(`state of a failed flow, ${round}`, forged.state);
  await house.vault.completeAuthorization({ ...forged, code: FORGED_CODE });
  const callback = await house.decide(await house.begin(who));
  secrets.set(`state, ${round}`, callback.state).set(`code, ${round}`, callback.code!);
  const { credentialId = '' } = await house.vault.completeAuthorization(callback);
  for (const refusedVersion of [0, 1]) {
    const { token } = await house.vault.leaseToken({ workspaceId, credentialId, refusedVersion });
    secrets.set(`access token ${refusedVersion}, ${round}`, token);
  }
  await house.expire(credentialId);
  await house.control('hubspot', { fail: { status: 500, times: 1, path: '/token' } });
  await house.vault.leaseToken({ workspaceId, credentialId }).catch(refused);
  await house.query(`UPDATE credential SET cool_down_until = NULL WHERE credential_id = $1`, [credentialId]);
  await house.control('hubspot', { revoke_tokens: true });
  await house.vault.leaseToken({ workspaceId, credentialId }).catch(refused);
  expect(refusals).toHaveLength(6);
  return refusals.join('\n');
}

async function everyRow(): Promise<string> {
  const tables = await house.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    texts.push(
      ...(await house.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).map(({ row }) => row),
    );
  }
  return texts.join('\n');
}

async function everyMessage(): Promise<string> {
  const manager = await jetstreamManager(house.bus.connection);
  const messages: string[] = [];
  for await (const stream of manager.streams.list()) {
    for (let seq = stream.state.first_seq; seq <= stream.state.last_seq; seq++) {
      const message = await manager.streams.getMessage(stream.config.name, { seq }).catch(() => null);
      if (message) messages.push(message.string(), JSON.stringify([...message.header]));
    }
  }
  return messages.join('\n');
}

function expectNone(place: string, text: string): void {
  expect(text.length).toBeGreaterThan(0);
  for (const [what, secret] of secrets) {
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64'),
    ];
    if (forms.some((form) => text.includes(form))) throw new Error(`${place} show the ${what}`);
  }
}

describe('secrets', () => {
  it('appear in answers only: not in rows, events, messages, spans, logs or refusals', async () => {
    const process = await house.process({ LOG_LEVEL: 'trace' });
    const refusals = await useEverySecret('as a process');
    await process.stop();

    const spans = collectSpans();
    const { app } = await house.replica();
    const more = await useEverySecret('in this process');
    const rows = await house.query<{
      id: string;
      workspace_id: string;
      key_version: number;
      wrapped_key: Buffer;
      ciphertext: Buffer;
    }>(
      `SELECT credential_id AS id, workspace_id, key_version, wrapped_key, ciphertext FROM credential WHERE kind = 'oauth'`,
    );
    for (const {
      id,
      workspace_id: workspaceId,
      key_version: keyVersion,
      wrapped_key: wrappedKey,
      ciphertext,
    } of rows) {
      const binding = { rowId: id, workspaceId, kind: 'oauth' };
      const { refreshToken } = app.get(Vault).openTokens(binding, { keyVersion, wrappedKey, ciphertext });
      secrets.set(`refresh token of ${id}`, refreshToken!);
    }
    await eventually(async () => expect(await house.query('SELECT 1 FROM outbox')).toEqual([]));

    expect(() => expectNone('a text', `…${API_KEY}…`)).toThrow('a text show the API key');
    expectNone('rows', await everyRow());
    expectNone('messages', await everyMessage());
    expectNone('logs', process.output());
    expectNone('refusals', refusals + more);
    const seen = spans
      .spans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
    spans.stop();
    expect(seen.map(({ name }) => name)).toContain('POST hubspot token');
    expectNone('spans', JSON.stringify(seen));
  }, 60_000);
});
