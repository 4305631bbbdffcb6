import { randomUUID } from 'node:crypto';

import { ActivityReader, factsByCategory } from '@connections/read-model';
import { eventually } from '@connections/testing';

import { minutesAgo, ProjectionHouse, runId } from '../test/projection-house.js';
import { OldActivity } from './old-activity.job.js';

const DAY = 24 * 60;
const workspaceId = randomUUID();
const ada = randomUUID();

let house: ProjectionHouse;
beforeAll(async () => {
  house = await ProjectionHouse.start();
  const joined = { workspaceId, userId: ada, email: 'ada@acme.test', name: 'Ada', role: 'admin' };
  await house.record('access.workspace', workspaceId, {
    type: 'MemberAdded',
    data: { ...joined, addedAt: minutesAgo(1) },
  });
}, 60_000);
afterAll(() => house?.close(), 60_000);

async function page(id: string, limit = 50, after?: { at: Date; id: string }) {
  const found = await house.reader.find(workspaceId, id);
  if (!found) return undefined;
  return new ActivityReader(house.pool, factsByCategory).page(found.row, limit, after);
}
const summaries = async (id: string) => (await page(id))?.items.map(({ summary }) => summary);

/** A connection with a past: connected, renamed twice, synced twice, once in vain. */
async function furnished() {
  const id = randomUUID();
  const run = (n: number) => runId(Number.parseInt(id.slice(0, 8), 16) * 10 + n);
  await house.establish(workspaceId, id, { userId: ada, requestedRunId: run(1), at: minutesAgo(60) });
  await house.run(workspaceId, id, run(1), minutesAgo(50));
  await house.run(workspaceId, id, run(2), minutesAgo(40), 'skipped_locked');
  await house.run(workspaceId, id, run(3), minutesAgo(30), 'failed');
  await house.record(
    'connections.connection',
    id,
    { type: 'ConnectionRenamed', data: { name: 'Sales' } },
    { type: 'ConnectionRenamed', data: { name: 'Deals' } },
    {
      type: 'ConnectionPaused',
      data: { pausedBy: ada, pausedAt: new Date(Date.now() + 1000).toISOString() },
    },
  );
  return id;
}

const past = [
  'Ada paused it.',
  'The platform renamed it from “Sales” to “Deals”.',
  'The platform renamed it from “HubSpot” to “Sales”.',
  'A sync failed: hubspot did not answer or reported trouble of its own.',
  'A sync found nothing new in 1 stream.',
  'Ada connected hubspot (acme.test).',
];

describe('the history of a connection', () => {
  it('tells its events and the ends of its runs, newest first, skipped runs left out', async () => {
    const id = await furnished();
    await eventually(async () => expect(await summaries(id)).toEqual(past));
    const [paused] = (await page(id))?.items ?? [];
    expect(paused).toMatchObject({ type: 'paused', actor: { user_id: ada, name: 'Ada' } });
  });

  it('pages through all entries once, whichever of the two tables they are in', async () => {
    const id = await furnished();
    await eventually(async () => expect(await summaries(id)).toEqual(past));
    const all = (await page(id))?.items ?? [];
    const seen: string[] = [];
    for (let after: { at: Date; id: string } | undefined; ;) {
      const { items = [], nextCursor } = (await page(id, 2, after)) ?? {};
      seen.push(...items.map((item) => item.id));
      if (!nextCursor) break;
      const [at, last] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as [number, string];
      after = { at: new Date(at), id: last };
    }
    expect(seen).toEqual(all.map((item) => item.id));
  });

  it('is found by an index in either table, however many entries there are', async () => {
    const client = await house.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local enable_seqscan = off');
      await client.query('set local enable_sort = off');
      let plan = '';
      const explaining = {
        query: async ({ text, values }: { text: string; values: unknown[] }) => {
          const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
          plan = rows.map((row) => row['QUERY PLAN']).join('\n');
          return { rows: [] };
        },
      };
      const found = await house.reader.find(workspaceId, await furnishedShown());
      const reader = new ActivityReader(explaining as never, factsByCategory);
      await reader.page(found!.row, 50, { at: new Date(), id: 'run_1' });
      for (const index of ['activity_view_newest_first', 'run_view_ended']) {
        expect(plan).toMatch(new RegExp(`Index Scan Backward using ${index}.*\\n\\s*Index Cond: .*ROW\\(`));
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('is filled with what happened before this version, from what the owner still holds', async () => {
    const id = await furnished();
    await eventually(async () => expect(await summaries(id)).toEqual(past));
    // As an installation is after an upgrade in place: views up to date, the new table empty, its policy never run.
    await house.upgraded(async (query) => {
      await query('delete from activity_view');
      for (const table of ['consumer_cursor', 'consumer_position'])
        await query(`delete from ${table} where consumer = 'show-activity'`);
    });
    await eventually(async () => expect(await summaries(id)).toEqual(past), { timeoutMs: 20_000 });
    // And what happens then is noted once.
    const resumed = { resumedBy: ada, resumedAt: new Date(Date.now() + 2000).toISOString() };
    await house.record('connections.connection', id, { type: 'ConnectionResumed', data: resumed });
    await eventually(async () => expect(await summaries(id)).toEqual(['Ada resumed it.', ...past]));
  });

  it('ends with a row that is discarded', async () => {
    const id = randomUUID();
    const about = { workspaceId, connectorType: 'slack', category: 'comms', authMethod: 'oauth' };
    await house.record('connections.connection', id, {
      type: 'ConnectionRequested',
      data: {
        ...about,
        ownership: 'workspace',
        name: 'Slack',
        requestedBy: ada,
        requestedAt: minutesAgo(5),
      },
    });
    await eventually(async () => expect(await summaries(id)).toEqual(['Ada asked to connect slack.']));
    const discarded = { discardedAt: minutesAgo(1) };
    await house.record('connections.connection', id, { type: 'ConnectionDiscarded', data: discarded });
    await eventually(async () => {
      expect(await house.reader.find(workspaceId, id)).toBeUndefined();
      expect(await house.query('select from activity_view where connection_id = $1', [id])).toEqual([]);
    });
  });

  it('forgets requests for a sync with the runs that they asked for, and nothing else', async () => {
    const id = randomUUID();
    await house.establish(workspaceId, id, { userId: ada, at: minutesAgo(300 * DAY) });
    for (const days of [200, 91, 89]) {
      const requestedAt = minutesAgo(days * DAY);
      await house.record('connections.connection', id, {
        type: 'ConnectionSyncRequested',
        data: { requestedRunId: runId(days), requestedBy: ada, requestedAt },
      });
    }
    await eventually(async () => expect(await summaries(id)).toHaveLength(4));
    expect(await house.projection.app.get(OldActivity).remove()).toBe(2);
    expect(await summaries(id)).toEqual(['Ada asked for a sync.', 'Ada connected hubspot (acme.test).']);
  });
});

async function furnishedShown(): Promise<string> {
  const id = await furnished();
  await eventually(async () => expect(await summaries(id)).toEqual(past));
  return id;
}
