import { randomUUID } from 'node:crypto';

import type { AuditEntry, Plain } from '@connections/contracts';
import { v7 as uuidv7 } from 'uuid';

import { AccessHouse } from '../../test/access-house.js';
import { auditFilter } from './audit-filter.js';

let house: AccessHouse;

beforeAll(async () => {
  house = await AccessHouse.start();
});
afterAll(() => house?.close());

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.UTC(2026, 0);

/** Entries of a workspace, made a day apart, oldest first. */
async function entries(workspaceId: string, ...changes: Partial<Plain<AuditEntry>>[]) {
  const made = changes.map((change, day) => ({
    entryId: uuidv7({ msecs: START + day * DAY_MS }),
    workspaceId,
    userId: 'nobody',
    userName: 'Nobody',
    action: 'connections.sync',
    outcome: 'succeeded',
    requestId: 'r',
    at: new Date(START + day * DAY_MS).toISOString(),
    ...change,
  }));
  for (const entry of made) await house.access.recordAudit({ entry });
  return made;
}

type Filter = Partial<Parameters<AccessHouse['access']['listAudit']>[0]>;
const list = async (workspaceId: string, filter: Filter = {}) =>
  (await house.access.listAudit({ workspaceId, limit: 100, ...filter })).entries;
const dayOf = ({ at }: { at: string }) => (Date.parse(at) - START) / DAY_MS;
const days = async (workspaceId: string, filter: Filter) => (await list(workspaceId, filter)).map(dayOf);

describe('entries of the audit', () => {
  it('are found by who, what, target, outcome and time, and by all of these', async () => {
    const workspaceId = await house.workspace();
    await entries(
      workspaceId,
      { userId: 'u1', target: 't1' },
      { userId: 'u1', action: 'members.add', target: 't2' },
      { userId: 'u2', action: 'members.add', outcome: 'refused', code: 'missing_scope' },
      { userId: 'u1', action: 'members.add', target: 't1' },
    );
    await entries(await house.workspace(), { userId: 'u1', target: 't1' });
    const day = (one: number) => new Date(START + one * DAY_MS).toISOString();
    expect(await days(workspaceId, {})).toEqual([3, 2, 1, 0]);
    expect(await days(workspaceId, { userId: 'u1' })).toEqual([3, 1, 0]);
    expect(await days(workspaceId, { action: 'members.add' })).toEqual([3, 2, 1]);
    expect(await days(workspaceId, { target: 't1' })).toEqual([3, 0]);
    expect(await days(workspaceId, { outcome: 'refused' })).toEqual([2]);
    expect(await days(workspaceId, { outcome: 'succeeded' })).toEqual([3, 1, 0]);
    expect(await days(workspaceId, { from: day(1) })).toEqual([3, 2, 1]);
    expect(await days(workspaceId, { to: day(1) })).toEqual([0]);
    expect(await days(workspaceId, { from: day(1), to: day(3) })).toEqual([2, 1]);
    expect(
      await days(workspaceId, { userId: 'u1', action: 'members.add', outcome: 'succeeded', from: day(2) }),
    ).toEqual([3]);
    expect(await days(workspaceId, { userId: 'u3' })).toEqual([]);
  });

  it('come page by page under a filter, none twice and none left out, also of one moment', async () => {
    const workspaceId = await house.workspace();
    const at = new Date(START).toISOString();
    const made = await entries(
      workspaceId,
      ...Array.from({ length: 20 }, (_none, index) => ({ userId: index % 2 ? 'u1' : 'u2', at })),
    );
    const wanted = made.filter(({ userId }) => userId === 'u1').map(({ entryId }) => entryId);
    for (const withTime of [true, false]) {
      const found: string[] = [];
      for (let last: Plain<AuditEntry> | undefined, pages = 0; pages < 9; pages++) {
        const before = last && { beforeEntryId: last.entryId, ...(withTime && { beforeAt: last.at }) };
        const page = await list(workspaceId, { userId: 'u1', limit: 3, ...before });
        found.push(...page.map(({ entryId }) => entryId));
        last = page.at(-1) ?? last;
      }
      expect(found).toEqual(wanted.toReversed());
    }
  });

  it('name who did it, the key and the target as they are called now', async () => {
    const workspaceId = await house.workspace();
    const { userId: admin } = await house.member(workspaceId, 'admin');
    const { userId } = await house.member(workspaceId, 'viewer');
    const { keyId } = await house.key(workspaceId, userId);
    await house.access.revokeApiKey({ workspaceId, keyId, userId });
    await entries(
      workspaceId,
      { userId, userName: 'As it was', keyId, target: userId },
      { userId: randomUUID(), userName: 'Who has left', target: keyId },
      { userId: admin, userName: 'Ada', target: randomUUID() },
    );
    const found = await list(workspaceId);
    expect(found.map(({ userName, keyName, targetName }) => [userName, keyName, targetName])).toEqual([
      ['Ada', undefined, undefined],
      ['Who has left', undefined, 'CI'],
      ['Ada', 'CI', 'Ada'],
    ]);
  });

  it('do not name what is another workspace’s', async () => {
    const [here, elsewhere] = [await house.workspace(), await house.workspace()];
    const { userId } = await house.member(elsewhere, 'viewer');
    const { keyId } = await house.key(elsewhere, userId);
    await entries(here, { userId, userName: 'Recorded', keyId, target: userId }, { target: keyId });
    const names = (await list(here)).map(({ keyName, targetName }) => [keyName, targetName]);
    expect(names.flat()).toEqual([undefined, undefined, undefined, undefined]);
    expect((await list(here)).at(-1)?.userName).toBe('Recorded');
  });
});

describe('a year of entries', () => {
  const workspaceId = randomUUID();
  const rare = { userId: 'rare', action: 'members.add', target: 'rare', outcome: 'failed' };

  beforeAll(async () => {
    await house.sql(
      `INSERT INTO audit_entry (workspace_id, entry_id, user_id, user_name, action, target, outcome, request_id, at)
       SELECT $1, gen_random_uuid(), 'u' || n % 5, 'Ada', 'connections.sync', 't' || n % 50, 'succeeded', 'r',
              timestamptz '2026-01-01' + n * interval '10 minutes'
       FROM generate_series(1, 50000) n`,
      [workspaceId],
    );
    await house.sql('ANALYZE audit_entry');
    // The oldest: what a scan from the newest on would come to last.
    await entries(workspaceId, rare);
  });

  it.each<[string, Filter]>([
    ['actor', { userId: rare.userId }],
    ['action', { action: rare.action }],
    ['target', { target: rare.target }],
    ['outcome', { outcome: rare.outcome }],
    ['time', { to: new Date(START + DAY_MS / 24 / 20).toISOString() }],
  ])('is not read through to find one by its %s', async (_what, filter) => {
    const { where, parameters } = auditFilter({ workspaceId, limit: 51, ...filter });
    const [row] = await house.sql<{ 'QUERY PLAN': [{ Plan: Record<string, unknown> }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)
       SELECT * FROM audit_entry WHERE ${where} ORDER BY at DESC, entry_id DESC LIMIT $1`,
      parameters,
    );
    const plan = row?.['QUERY PLAN'][0].Plan;
    expect([plan?.['Actual Rows'], plan?.['Shared Hit Blocks']]).toEqual([1, expect.any(Number)]);
    expect(Number(plan?.['Shared Hit Blocks']) + Number(plan?.['Shared Read Blocks'])).toBeLessThan(20);
  });
});
