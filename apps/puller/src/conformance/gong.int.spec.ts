import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';
import type { House } from '../../test/house.js';

const recent = { later: 'recent', deletions: 'full_read', rowsOf: 'calls' } as const;
const all = { later: 'everything', deletions: 'full_read' } as const;

const gong: ConnectorCase = {
  type: 'gong',
  streams: {
    users: { ...all, rows: 130 },
    workspaces: { ...all, rows: 3 },
    calls: { ...recent, rows: 250 },
    call_transcripts: { ...recent, rows: 250 },
  },
  paged: 'calls',
  other: 'users',
  pagedPath: '/v2/calls/extensive',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'daily budget spent', throttle: { for_s: 7_200 }, waits: [7_200, 7_200] },
    { says: 'no time named', throttle: { for_s: 10, variant: 'bare' }, waits: [5, 5] },
  ],
  cursors: true,
};

describeConnectors([gong], describeRefusals);

function describeRefusals(house: () => House): void {
  describe('what a company refuses', () => {
    afterEach(() => house().reset('gong'));

    it('a window without calls is empty, and no fault', async () => {
      await house().control('gong', { records: { calls: 0 } });
      const connection = await house().connection('gong');
      const done = { state: 'done', recordsWritten: 0, recordsDeleted: 0 };
      for (const mode of ['full', 'incremental']) {
        expect(await house().run(connection, ['calls', 'call_transcripts'])).toMatchObject({
          calls: { ...done, mode },
          call_transcripts: { ...done, mode },
        });
      }
      const statuses = (await house().requests('gong', '?path=/calls/')).map(({ status }) => status);
      expect(statuses).toEqual([404, 404, 404, 404]);
    });

    it('a missing scope: config, and no refresh', async () => {
      const connection = await house().connection('gong');
      await house().control('gong', { fail: { status: 401, variant: 'scope', times: 1 } });
      const report = await house().slice({ ...connection, streams: ['calls'] });
      expect(report.streams).toMatchObject([{ state: 'failed', errorReason: 'config' }]);
      const asked = house().neighbours.leases.filter(
        ({ credentialId }) => credentialId === connection.credentialId,
      );
      expect(asked.map(({ refusedVersion }) => refusedVersion)).toEqual([undefined]);
    });

    it('three requests a second are enough', async () => {
      await house().control('gong', { enforce_limits: true });
      const connection = await house().connection('gong');
      const done = { state: 'done' };
      expect(
        await house().run(connection, ['users', 'workspaces', 'calls', 'call_transcripts']),
      ).toMatchObject({
        users: done,
        workspaces: done,
        calls: done,
        call_transcripts: done,
      });
    });

    it('a 404 of other words is no empty window', async () => {
      const connection = await house().connection('gong');
      await house().control('gong', { fail: { status: 404, times: 1 } });
      const report = await house().slice({ ...connection, streams: ['calls'] });
      expect(report.streams).toMatchObject([{ state: 'failed', errorReason: 'config' }]);
    });

    it('keeps every digit of an id', async () => {
      const connection = await house().connection('gong');
      await house().run(connection, ['calls']);
      const ids = (await house().all(connection.connectionId, 'calls')).map(({ externalId }) => externalId);
      expect(ids).toContain('5120044417703311209');
      expect(ids).toContain('5120044417703311210');
    });
  });
}
