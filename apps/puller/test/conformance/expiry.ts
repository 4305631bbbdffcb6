import { findConnector } from '@connections/connectors';
import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';
import type { Proof } from './proof.js';
import type { Reference } from './reference.js';

/** What a puller was given does not last: page cursors, tokens, keys. */
export function describeExpiry(
  house: () => House,
  { type, paged, other, pagedPath: path, cursors, absent }: ConnectorCase,
  proof: Proof,
  reference: Reference,
): void {
  /** A connection of which two pages of the paged stream are read. */
  const halfRead = async () => {
    const connection = await house().connection(type);
    await house().control(type, { throttle: { after: 2, for_s: 20, path } });
    const report = await house().slice({ ...connection, streams: [paged] });
    expect(report.streams).toMatchObject([{ state: 'waiting' }]);
    await house().control(type, { throttle: null });
    return connection;
  };

  if (cursors) {
    proof.test(
      'expired_cursor',
      'a page cursor that expired: the pass begins anew, losing nothing',
      async () => {
        const connection = await halfRead();
        await house().control(type, { expire_cursors: true });
        const next = await house().slice({ ...connection, slice: 2, streams: [paged] });
        expect(next.streams).toMatchObject([{ state: 'done' }]);
        await reference.expectAll(connection.connectionId);
      },
    );
  } else {
    proof.absent('expired_cursor', absent?.expired_cursor ?? 'pages are asked for by number, time or id');
  }

  // The platform's own credential is never the customer's to mend.
  const method = findConnector(type)!.auth.method;
  const errorReason = method === 'handle' ? 'config' : 'auth';

  it(`a refused credential: ${errorReason}, for every stream`, async () => {
    const connection = await house().connection(type);
    await house().control(type, { revoke_tokens: true });
    const report = await house().slice({ ...connection, streams: [paged, other] });
    const failed = { state: 'failed', errorReason, recordsWritten: 0 };
    expect(report.streams).toMatchObject([failed, failed]);
  });

  if (absent?.expired_token) return;
  if (method === 'oauth') {
    proof.test('expired_token', 'a token that expired in the middle is renewed unnoticed', async () => {
      const connection = await halfRead();
      await house().control(type, { expire_tokens: true });
      const token = await house().renewed(type);
      const entry = house().neighbours.vault.get(connection.credentialId)!;
      entry.refresh = (version) => ({ token, version: version + 1 });
      const next = await house().slice({ ...connection, slice: 2, streams: [paged] });
      expect(next.streams).toMatchObject([{ state: 'done' }]);
      const refused = house().neighbours.leases.filter(
        ({ credentialId, refusedVersion }) =>
          credentialId === connection.credentialId && refusedVersion === 1,
      );
      expect(refused).toHaveLength(1);
      await reference.expectAll(connection.connectionId);
    });
    return;
  }
  const what = method === 'handle' ? 'the platform’s own token' : 'keys do not expire';
  proof.note('expired_token', `${what}: revoked in the middle, and replaced`);
  proof.test(
    'expired_token',
    `a credential revoked in the middle: ${errorReason} until it is replaced`,
    async () => {
      const connection = await halfRead();
      await house().control(type, { revoke_tokens: true });
      const next = await house().slice({ ...connection, slice: 2, streams: [paged] });
      expect(next.streams).toMatchObject([{ state: 'failed', errorReason }]);
      const token = await house().renewed(type);
      house().neighbours.vault.set(connection.credentialId, { token, version: 2 });
      expect((await house().run(connection, [paged]))[paged]).toMatchObject({ state: 'done' });
      await reference.expectAll(connection.connectionId);
    },
  );
}
