import { createHash, randomUUID } from 'node:crypto';

import { AccessService, accessRevokedSubject, SessionService, type RpcClient } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import {
  createDatabase,
  createNats,
  eventually,
  type TestDatabase,
  type TestNats,
} from '@connections/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';

import { AccessConfig } from '../config.js';
import { startAccess } from '../index.js';
import { sweepSessions } from './sweep-sessions.js';

let nats: TestNats;
let database: TestDatabase;
let service: RunningService;
let bus: Bus;
let client: pg.Client;
let access: RpcClient<typeof AccessService>;
let sessions: RpcClient<typeof SessionService>;

beforeAll(async () => {
  [nats, database] = await Promise.all([createNats(), createDatabase('access')]);
  service = await startAccess(
    Object.assign(new AccessConfig(), { natsUrl: nats.url, databaseUrl: database.url }),
  );
  bus = await Bus.connect('test', nats.url);
  access = bus.rpc(AccessService);
  sessions = bus.rpc(SessionService);
  client = new pg.Client(database.url);
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await bus?.close();
  await service?.close();
  await database?.drop();
  await nats?.destroy();
});

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

async function aMember() {
  const [workspaceId, userId] = [randomUUID(), randomUUID()];
  const email = `${userId}@acme.test`;
  await access.createWorkspace({ workspaceId, name: 'Acme', slug: `acme-${workspaceId}` });
  await access.addMember({ workspaceId, userId, email, name: 'Ada', role: 'editor' });
  return { workspaceId, userId, email };
}

/** Signs in; the token's hash. */
async function signIn(person: { email: string; subject: string; issuer?: string; replaced?: string }) {
  const tokenHash = hashOf(randomUUID());
  const { email, subject, issuer = 'https://id.test', replaced } = person;
  const answer = await sessions.signIn({
    issuer,
    subject,
    email,
    emailVerified: true,
    tokenHash,
    csrfToken: 'csrf',
    ...(replaced !== undefined && { replacedTokenHash: replaced }),
  });
  return { tokenHash, ...answer };
}

describe('of people who sign in at once with one address', () => {
  it('one becomes the member', async () => {
    const { email, userId } = await aMember();
    const subjects = Array.from({ length: 6 }, (_none, index) => `${userId}-${index}`);
    const outcomes = await Promise.allSettled(subjects.map((subject) => signIn({ email, subject })));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'not_a_member' });
  });

  it('the same one may, twice', async () => {
    const { email, userId } = await aMember();
    const both = await Promise.all([signIn({ email, subject: userId }), signIn({ email, subject: userId })]);
    expect(both.map((session) => session.userId)).toEqual([userId, userId]);
  });
});

it('another issuer with the same subject is somebody else until an address says who', async () => {
  const { email, userId } = await aMember();
  await signIn({ email, subject: userId });
  await expect(
    signIn({ email: 'x@y.test', subject: userId, issuer: 'https://other.test' }),
  ).rejects.toMatchObject({
    code: 'not_a_member',
  });
  const moved = await signIn({ email, subject: 'other-subject', issuer: 'https://other.test' });
  expect(moved.userId).toBe(userId);
});

it('tells gateways of the session that a new one replaces', async () => {
  const { email, userId } = await aMember();
  const { tokenHash } = await signIn({ email, subject: userId });
  const told: string[] = [];
  const stop = bus.onBroadcast(accessRevokedSubject(tokenHash), (_data, subject) => told.push(subject));
  await bus.connection.flush();
  await signIn({ email, subject: userId, replaced: tokenHash });
  await eventually(async () => expect(told).toEqual([accessRevokedSubject(tokenHash)]));
  stop();
  await expect(sessions.authenticateSession({ tokenHash })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

it('keeps nothing alive that has ended', async () => {
  const { email, userId } = await aMember();
  const { tokenHash } = await signIn({ email, subject: userId });
  await client.query(
    `UPDATE console_session SET last_seen_at = now() - interval '3 hours' WHERE token_hash = $1`,
    [tokenHash],
  );
  await expect(sessions.keepSession({ tokenHash, newTokenHash: hashOf('next') })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

it('goes from the table once it is idle', async () => {
  const { email, userId } = await aMember();
  const [idle, used] = [await signIn({ email, subject: userId }), await signIn({ email, subject: userId })];
  await client.query(
    `UPDATE console_session SET last_seen_at = now() - interval '3 hours' WHERE token_hash = $1`,
    [idle.tokenHash],
  );
  await sweepSessions(service.app.get(DataSource, { strict: false }), new AccessConfig());
  const { rows } = await client.query('SELECT token_hash FROM console_session WHERE user_id = $1', [userId]);
  expect(rows).toEqual([{ token_hash: used.tokenHash }]);
});
