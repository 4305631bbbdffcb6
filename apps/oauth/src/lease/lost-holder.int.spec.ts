import type { RunningService } from '@connections/platform';

import { AnswerGate } from '../../test/answer-gate.js';
import { VaultHouse } from '../../test/vault-house.js';
import { Vault } from '../vault/vault.js';
import { LeaseToken } from './lease-token.js';
import { RefreshLock } from './refresh-lock.js';
import { SpareGrants } from './spare-grants.js';
import { Verdict } from './verdict.js';

let house: VaultHouse;
let gate: AnswerGate;
/** Talks to the provider through the gate. */
let gated: LeaseToken;
let direct: LeaseToken;
let service: RunningService;

beforeAll(async () => {
  house = await VaultHouse.start();
  gate = await AnswerGate.to(`${house.sandboxUrl}/hubspot`);
  gated = (await house.replica({ HUBSPOT_AUTH_BASE_URL: gate.url })).app.get(LeaseToken);
  service = await house.replica();
  direct = service.app.get(LeaseToken);
}, 60_000);
afterAll(async () => {
  await gate?.close();
  await house?.stop();
});
beforeEach(() => house.reset());

/** A credential whose refresh the provider has answered, while the holder waits for the answer. */
async function refreshInTheAir({ rotating }: { rotating: boolean }) {
  await house.control('hubspot', { rotate_refresh_tokens: rotating });
  const { workspaceId, credentialId } = await house.hubspot();
  await house.expire(credentialId);
  gate.hold();
  const holder = gated.leaseToken({ workspaceId, credentialId });
  holder.catch(() => undefined);
  await gate.answered();
  gate.open();
  return { request: { workspaceId, credentialId }, credentialId, holder };
}

describe('a holder thought dead', () => {
  it('keeps others out for its lock period only, and what it alone holds is kept', async () => {
    const { request, credentialId, holder } = await refreshInTheAir({ rotating: true });
    await house.letLockPeriodPass(credentialId);
    // The single-use token is spent; the provider's refusal proves nothing while its answer may still be stored.
    await expect(direct.leaseToken(request)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await house.row(credentialId)).toMatchObject({ status: 'staged', version: 1 });
    gate.release();
    expect(await holder).toMatchObject({ version: 2 });
    expect(await direct.leaseToken(request)).toMatchObject({ version: 2 });
    expect(await house.row(credentialId)).toMatchObject({ unsettled_refreshes: 0, verdict_due_at: null });
  });

  it('overwrites nothing newer', async () => {
    const { request, credentialId, holder } = await refreshInTheAir({ rotating: false });
    await house.letLockPeriodPass(credentialId);
    const newer = await direct.leaseToken(request);
    expect(newer).toMatchObject({ version: 2 });
    gate.release();
    expect(await holder).toMatchObject({ version: 2, token: newer.token });
    const kept = await house.query('SELECT credential_id FROM spare_grant WHERE credential_id = $1', [
      credentialId,
    ]);
    expect(kept).toHaveLength(1);
  });

  it('that comes back to a disconnected credential has its tokens revoked', async () => {
    const { credentialId, holder } = await refreshInTheAir({ rotating: true });
    await house.query(
      `UPDATE credential SET status = 'retired', key_version = NULL, wrapped_key = NULL, ciphertext = NULL
       WHERE credential_id = $1`,
      [credentialId],
    );
    gate.release();
    await expect(holder).rejects.toMatchObject({ code: 'not_found' });
    const queued = await house.query('SELECT credential_id FROM revocation WHERE credential_id = $1', [
      credentialId,
    ]);
    expect(queued).toHaveLength(1);
  });
});

describe('what a late holder brought', () => {
  it('is tried before a refusal becomes a verdict', async () => {
    await house.control('hubspot', { rotate_refresh_tokens: true });
    const { workspaceId, credentialId } = await house.hubspot();
    const other = await house.hubspot();
    const vault = service.app.get(Vault);
    const open = async (id: string, owner: string) => {
      const row = (await house.row(id)) as { key_version: number; wrapped_key: Buffer; ciphertext: Buffer };
      const columns = {
        keyVersion: row.key_version,
        wrappedKey: row.wrapped_key,
        ciphertext: row.ciphertext,
      };
      return vault.openTokens({ rowId: id, workspaceId: owner, kind: 'oauth' }, columns);
    };
    const spare = await open(other.credentialId, other.workspaceId);
    const lock = service.app.get(RefreshLock);
    const hold = await lock.acquire(credentialId, 1);
    await service.app.get(SpareGrants).keep(hold!, spare);
    await lock.release(hold!, {});
    // The credential's own refresh token is spent behind our back.
    const { refreshToken = '' } = await open(credentialId, workspaceId);
    const spent = await fetch(`${house.sandboxUrl}/hubspot/oauth/2026-03/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: house.environment['HUBSPOT_CLIENT_ID']!,
        client_secret: house.environment['HUBSPOT_CLIENT_SECRET']!,
        refresh_token: refreshToken,
      }),
    });
    expect(spent.status).toBe(200);
    await house.expire(credentialId);
    expect(await direct.leaseToken({ workspaceId, credentialId })).toMatchObject({ version: 2 });
    const kept = await house.query('SELECT 1 FROM spare_grant WHERE credential_id = $1', [credentialId]);
    expect(kept).toEqual([]);
  });
});

describe('a holder killed after the provider answered and before it stored', () => {
  let own: VaultHouse;
  beforeAll(async () => {
    own = await VaultHouse.start();
  }, 60_000);
  afterAll(() => own?.stop());

  /** The process is the only one to answer until it is dead; then a survivor looks at what it left. */
  async function afterKill(
    rotating: boolean,
    check: (credentialId: string, lease: () => Promise<unknown>, survivor: RunningService) => Promise<void>,
  ): Promise<void> {
    const ownGate = await AnswerGate.to(`${own.sandboxUrl}/hubspot`);
    const holder = await own.process({ HUBSPOT_AUTH_BASE_URL: ownGate.url });
    await own.reset();
    await own.control('hubspot', { rotate_refresh_tokens: rotating });
    const { workspaceId, credentialId } = await own.hubspot();
    await own.expire(credentialId);
    ownGate.hold();
    own.vault.leaseToken({ workspaceId, credentialId }).catch(() => undefined);
    await ownGate.answered();
    await holder.kill();
    await ownGate.close();
    expect(await own.refreshes()).toMatchObject([{ status: 200 }]);
    const survivor = await own.replica();
    await own.letLockPeriodPass(credentialId);
    const lease = () => survivor.app.get(LeaseToken).leaseToken({ workspaceId, credentialId });
    await check(credentialId, lease, survivor);
    await survivor.close();
  }

  it(
    'does not lock the row',
    () =>
      afterKill(false, async (credentialId, lease) => {
        expect(await lease()).toMatchObject({ version: 2 });
        expect(await own.row(credentialId)).toMatchObject({ refresh_holder: null, refresh_until: null });
      }),
    60_000,
  );

  it(
    'leaves a spent single-use token behind: an honest rejection, once its lock period is over',
    () =>
      afterKill(true, async (credentialId, lease, survivor) => {
        await expect(lease()).rejects.toMatchObject({ code: 'provider_unavailable' });
        expect(await survivor.app.get(Verdict).concludeDue()).toBe(0);
        await own.letLockPeriodPass(credentialId);
        await expect(lease()).rejects.toMatchObject({ code: 'credentials_rejected' });
        const events = await own.events(`credential-${credentialId}`);
        expect(events.filter(({ type }) => type === 'CredentialRejected')).toHaveLength(1);
      }),
    60_000,
  );
});
