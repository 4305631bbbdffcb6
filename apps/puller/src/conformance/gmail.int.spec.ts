import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const gmail: ConnectorCase = {
  type: 'gmail',
  streams: {
    // Eight of them are everybody's.
    labels: { later: 'everything', deletions: 'full_read', rows: 14 },
    messages: { later: 'changes', deletions: 'told', rows: 240 },
    // Three messages each.
    threads: { later: 'changes', deletions: 'told', rows: 80, rowsOf: null },
  },
  paged: 'messages',
  other: 'labels',
  pagedPath: '/gmail/v1/users/me/',
  throttles: [
    { says: '429 with a time', throttle: { for_s: 30 }, waits: [30, 30] },
    {
      says: 'userRateLimitExceeded',
      throttle: { for_s: 30, variant: 'userRateLimitExceeded' },
      waits: [15, 15],
    },
    { says: 'rateLimitExceeded', throttle: { for_s: 30, variant: 'rateLimitExceeded' }, waits: [15, 15] },
    {
      says: 'dailyLimitExceeded',
      throttle: { for_s: 7_200, variant: 'dailyLimitExceeded' },
      waits: [3_600, 3_600],
      scope: 'app',
    },
    { says: 'Retry-After', throttle: { for_s: 25, retry_after: true }, waits: [25, 25] },
  ],
  cursors: true,
};

describeConnectors([gmail], (house) => {
  afterEach(() => house().reset('gmail'));

  const live = async (id: string, stream: string) =>
    (await house().all(id, stream)).filter(({ deletedAt }) => !deletedAt);

  it('what is taken out of the bin is mail, and what is thrown there is none', async () => {
    const connection = await house().connection('gmail');
    const streams = ['messages', 'threads'];
    await house().run(connection, streams);
    await house().change('gmail', 'touch', 'trashed', 6);
    const out = await house().run(connection, streams);
    expect(out['messages']).toMatchObject({ mode: 'incremental', recordsWritten: 6, recordsDeleted: 0 });
    expect(out['threads']).toMatchObject({ mode: 'incremental', recordsWritten: 2, recordsDeleted: 0 });
    await house().change('gmail', 'touch', 'trashed', 6);
    const back = await house().run(connection, streams);
    expect(back['messages']).toMatchObject({ recordsWritten: 0, recordsDeleted: 6 });
    expect(back['threads']).toMatchObject({ recordsWritten: 0, recordsDeleted: 2 });
    expect(await live(connection.connectionId, 'messages')).toHaveLength(240);
  });

  it('a thread is told of by its messages, and gone with the last of them', async () => {
    const connection = await house().connection('gmail');
    await house().control('gmail', { records: { messages: 30 } });
    await house().run(connection, ['threads']);
    await house().change('gmail', 'create', 'messages', 4);
    const grown = await house().run(connection, ['threads']);
    expect(grown['threads']).toMatchObject({ mode: 'incremental', recordsWritten: 2, recordsDeleted: 0 });
    await house().change('gmail', 'delete', 'messages', 34);
    const emptied = await house().run(connection, ['threads']);
    expect(emptied['threads']).toMatchObject({ mode: 'incremental', recordsWritten: 0, recordsDeleted: 12 });
  });

  it('a history id that Gmail has forgotten: everything is read anew, and nothing is lost', async () => {
    const connection = await house().connection('gmail');
    await house().run(connection, ['messages']);
    await house().change('gmail', 'delete', 'messages', 2);
    await house().change('gmail', 'create', 'messages', 3);
    await house().control('gmail', { expire_cursors: true });
    const { messages } = await house().run(connection, ['messages']);
    expect(messages).toMatchObject({ state: 'done', mode: 'full', recordsWritten: 3, recordsDeleted: 2 });
    const next = await house().run(connection, ['messages']);
    expect(next['messages']).toMatchObject({ state: 'done', mode: 'incremental', recordsWritten: 0 });
  });

  it.each([
    ['insufficientPermissions', 'config'],
    ['domainPolicy', 'config'],
  ])('403 %s: %s', async (variant, errorReason) => {
    const connection = await house().connection('gmail');
    await house().control('gmail', { fail: { status: 403, variant, times: 1 } });
    const report = await house().slice({ ...connection, streams: ['labels'] });
    expect(report.streams).toMatchObject([{ state: 'failed', errorReason }]);
  });
});
