import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const all = { later: 'everything', deletions: 'full_read' } as const;
const recent = { later: 'recent', deletions: 'full_read' } as const;

const fathom: ConnectorCase = {
  type: 'fathom',
  streams: {
    meetings: { ...recent, rows: 130 },
    transcripts: { ...recent, rows: 130, rowsOf: 'meetings' },
    teams: { ...all, rows: 4, fixed: true },
    team_members: { ...all, rows: 23 },
  },
  paged: 'meetings',
  other: 'team_members',
  pagedPath: '/meetings',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'RateLimit-Reset', throttle: { for_s: 25, variant: 'reset' }, waits: [25, 25] },
    { says: 'no header', throttle: { for_s: 25, variant: 'bare' }, waits: [60, 60] },
  ],
  cursors: true,
  account: { externalId: '', label: 'Fathom' },
};

const aircall: ConnectorCase = {
  type: 'aircall',
  streams: {
    calls: { rows: 230, later: 'recent', deletions: 'never' },
    contacts: { rows: 140, later: 'changes', deletions: 'full_read' },
    users: { ...all, rows: 12 },
    teams: { ...all, rows: 3 },
    numbers: { ...all, rows: 5 },
    tags: { ...all, rows: 8 },
  },
  paged: 'calls',
  other: 'contacts',
  pagedPath: '/calls',
  throttles: [
    { says: 'UNIX seconds', throttle: { for_s: 30 }, waits: [30, 31] },
    { says: 'milliseconds', throttle: { for_s: 30, variant: 'milliseconds' }, waits: [30, 31] },
    { says: 'no header', throttle: { for_s: 25, variant: 'bare' }, waits: [60, 60] },
  ],
  cursors: false,
  account: { externalId: '', label: 'Acme Inc' },
};

const grain: ConnectorCase = {
  type: 'grain',
  streams: {
    recordings: { ...recent, rows: 110 },
    transcripts: { ...recent, rows: 110, rowsOf: 'recordings' },
    users: { ...all, rows: 14 },
    teams: { ...all, rows: 3 },
    meeting_types: { ...all, rows: 5 },
  },
  paged: 'recordings',
  other: 'users',
  pagedPath: '/recordings',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'no header', throttle: { for_s: 25, variant: 'bare' }, waits: [60, 60] },
  ],
  cursors: true,
  account: { externalId: '', label: 'Grain' },
};

const granola: ConnectorCase = {
  type: 'granola',
  streams: {
    notes: { rows: 64, later: 'changes', deletions: 'full_read' },
    // 130 of the first note, and none to three of each other one.
    transcripts: { rows: 226, later: 'changes', deletions: 'full_read', rowsOf: null },
    folders: { ...all, rows: 13 },
  },
  paged: 'notes',
  other: 'folders',
  pagedPath: '/notes',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'no header', throttle: { for_s: 25, variant: 'bare' }, waits: [5, 5] },
  ],
  cursors: true,
  account: { externalId: '', label: 'Granola' },
};

const fireflies: ConnectorCase = {
  type: 'fireflies',
  streams: {
    transcripts: { ...recent, rows: 120 },
    sentences: { ...recent, rows: 120, rowsOf: 'transcripts' },
    users: { ...all, rows: 9 },
    contacts: { ...all, rows: 40 },
    channels: { ...all, rows: 4 },
  },
  paged: 'transcripts',
  other: 'contacts',
  pagedPath: '/graphql',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'status 200 and an instant', throttle: { for_s: 30, variant: 'in_200' }, waits: [30, 30] },
    { says: 'x-ratelimit-reset-api', throttle: { for_s: 25, variant: 'reset' }, waits: [25, 25] },
    { says: 'nothing', throttle: { for_s: 25, variant: 'bare' }, waits: [60, 60] },
  ],
  cursors: false,
  account: { externalId: 'u1001', label: 'Ada Admin' },
};

describeConnectors([fathom, aircall, grain, granola, fireflies], (house) => {
  it('Aircall: past the 10,000 rows of a query, ids beyond 2^53', async () => {
    const connection = await house().connection('aircall');
    await house().control('aircall', { records: { calls: 10_100 } });
    const { calls } = await house().run(connection, ['calls']);
    expect(calls).toMatchObject({ state: 'done', recordsWritten: 10_100 });
    const { connectionId } = connection;
    const { records } = await house().records.list({ connectionId, stream: 'calls', limit: 1 });
    expect(BigInt(records[0]!.externalId)).toBeGreaterThan(2n ** 53n);
    await house().reset('aircall');
  }, 120_000);

  it.each([
    ['grain', '/transcript', 109],
    ['granola', '0000/transcript', 96],
  ])('%s: a recording that vanished is passed over', async (type, path, rows) => {
    const connection = await house().connection(type);
    await house().control(type, { fail: { status: 404, times: 1, path } });
    const { transcripts } = await house().run(connection, ['transcripts']);
    expect(transcripts).toMatchObject({ state: 'done', recordsWritten: rows });
    await house().reset(type);
  });

  it('Granola: the items of a transcript in their places, over its pages', async () => {
    const connection = await house().connection('granola');
    await house().run(connection, ['transcripts']);
    const items = await house().all(connection.connectionId, 'transcripts');
    const notes = Map.groupBy(items, ({ externalId }) => externalId.split(':')[0]!);
    const longest = [...notes.values()].find(({ length }) => length > 100)!;
    const places = longest.map(({ externalId }) => Number(externalId.split(':')[1])).sort((a, b) => a - b);
    expect(places).toEqual(Array.from({ length: 130 }, (_, index) => index));
    await house().change('granola', 'touch', 'notes', 64);
    const { transcripts } = await house().run(connection, ['transcripts']);
    expect(transcripts).toMatchObject({ state: 'done', mode: 'incremental', recordsWritten: 226 });
    await house().reset('granola');
  });
});
