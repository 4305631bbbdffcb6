import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const outlook: ConnectorCase = {
  type: 'outlook',
  streams: {
    // Nine of them are everybody's.
    mail_folders: { later: 'everything', deletions: 'full_read', rows: 15 },
    messages: { later: 'changes', deletions: 'told', rows: 480 },
  },
  paged: 'messages',
  other: 'mail_folders',
  pagedPath: '/v1.0/me/mailFolders',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    {
      says: 'ApplicationThrottled',
      throttle: { for_s: 20, variant: 'ApplicationThrottled' },
      waits: [20, 20],
    },
    { says: 'Retry-After in fractions', throttle: { for_s: 9.5, variant: 'fraction' }, waits: [9, 10] },
    { says: 'no Retry-After', throttle: { for_s: 30, variant: 'bare' }, waits: [10, 10] },
  ],
  cursors: true,
};

describeConnectors([outlook], (house) => {
  afterEach(() => house().reset('outlook'));

  const live = async (id: string) =>
    new Map(
      (await house().all(id, 'messages'))
        .filter(({ deletedAt }) => !deletedAt)
        .map(({ externalId, data }) => [externalId, data as Record<string, unknown>]),
    );

  it('a message that moved is the same record, whichever folder tells first', async () => {
    const connection = await house().connection('outlook');
    await house().run(connection, ['messages']);
    const before = await live(connection.connectionId);
    await house().change('outlook', 'touch', 'messages', 480);
    const { messages } = await house().run(connection, ['messages']);
    expect(messages).toMatchObject({ mode: 'incremental', recordsWritten: 480, recordsDeleted: 0 });
    const after = await live(connection.connectionId);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    const moved = [...after].filter(
      ([id, { parentFolderId }]) => before.get(id)!['parentFolderId'] !== parentFolderId,
    );
    expect(moved).toHaveLength(240);
    // Changes told in part are stored whole.
    const shape = (row?: Record<string, unknown>) =>
      Object.keys(row ?? {}).filter((key) => !/sender|from/.test(key));
    for (const [id, row] of after) expect(shape(row)).toEqual(shape(before.get(id)));
  });

  it('a folder that goes takes its messages with it, and a new one brings its own', async () => {
    const connection = await house().connection('outlook');
    await house().run(connection, ['messages']);
    await house().change('outlook', 'delete', 'mail_folders', 1);
    const first = await house().run(connection, ['messages']);
    expect(first['messages']).toMatchObject({ state: 'done', mode: 'full', recordsWritten: 0 });
    expect(first['messages']!.recordsDeleted).toBeGreaterThan(30);
    const again = await house().run(connection, ['messages']);
    expect(again['messages']).toMatchObject({ mode: 'incremental', recordsWritten: 0, recordsDeleted: 0 });
    await house().change('outlook', 'create', 'mail_folders', 1);
    const third = await house().run(connection, ['messages']);
    expect(third['messages']).toMatchObject({ state: 'done', mode: 'incremental', recordsDeleted: 0 });
  });

  it('a delta link that Graph has forgotten: everything is read anew, and nothing is lost', async () => {
    const connection = await house().connection('outlook');
    await house().run(connection, ['messages']);
    await house().change('outlook', 'delete', 'messages', 2);
    await house().change('outlook', 'create', 'messages', 3);
    await house().control('outlook', { expire_cursors: true });
    const { messages } = await house().run(connection, ['messages']);
    expect(messages).toMatchObject({ state: 'done', mode: 'full', recordsWritten: 3, recordsDeleted: 2 });
    const next = await house().run(connection, ['messages']);
    expect(next['messages']).toMatchObject({ state: 'done', mode: 'incremental', recordsWritten: 0 });
  });

  it('an account without a mailbox: config', async () => {
    const connection = await house().connection('outlook');
    await house().control('outlook', {
      fail: { status: 404, variant: 'MailboxNotEnabledForRESTAPI', times: 9, path: '/v1.0/me/mailFolders' },
    });
    const report = await house().slice({ ...connection, streams: ['messages', 'mail_folders'] });
    const failed = { state: 'failed', errorReason: 'config' };
    expect(report.streams).toMatchObject([failed, failed]);
  });
});
