import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';
import type { House } from '../../test/house.js';

const told = { later: 'changes', deletions: 'told' } as const;

const salesforce: ConnectorCase = {
  type: 'salesforce',
  streams: {
    accounts: { ...told, rows: 130 },
    contacts: { ...told, rows: 2_300 },
    leads: { ...told, rows: 120 },
    opportunities: { ...told, rows: 140 },
    opportunity_contact_roles: { ...told, rows: 90 },
    users: { later: 'changes', deletions: 'never', rows: 25 },
    tasks: { ...told, rows: 1_300 },
    events: { ...told, rows: 160 },
    cases: { ...told, rows: 110 },
  },
  paged: 'tasks',
  other: 'cases',
  pagedPath: '/services/data/',
  throttles: [
    { says: 'too many at once', throttle: { for_s: 30 }, waits: [10, 10] },
    { says: 'daily budget spent', throttle: { for_s: 7_200, variant: 'daily' }, waits: [3_600, 3_600] },
  ],
  cursors: true,
};

describeConnectors([salesforce], describeRefusals);

function describeRefusals(house: () => House): void {
  describe('what an org refuses', () => {
    afterEach(() => house().reset('salesforce'));

    it.each([
      ['API_DISABLED_FOR_ORG', 403],
      ['API_CURRENTLY_DISABLED', 403],
      ['INSUFFICIENT_ACCESS', 403],
      ['INVALID_TYPE', 400],
      ['not_for_rest', 401],
    ])('%s: config, and no refresh', async (variant, status) => {
      const connection = await house().connection('salesforce');
      await house().control('salesforce', { fail: { status, variant, times: 1, path: '/queryAll' } });
      const report = await house().slice({ ...connection, streams: ['accounts'] });
      expect(report.streams).toMatchObject([{ state: 'failed', errorReason: 'config' }]);
      const asked = house().neighbours.leases.filter(
        ({ credentialId }) => credentialId === connection.credentialId,
      );
      expect(asked.map(({ refusedVersion }) => refusedVersion)).toEqual([undefined]);
    });

    it('a column that is hidden after it was seen: what may be seen is asked again', async () => {
      const connection = await house().connection('salesforce');
      await house().control('salesforce', {
        fail: { status: 400, variant: 'INVALID_FIELD', times: 1, path: '/queryAll' },
      });
      const { accounts } = await house().run(connection, ['accounts']);
      expect(accounts).toMatchObject({ state: 'done', recordsWritten: 130 });
      const described = (await house().requests('salesforce')).filter(({ path }) =>
        path.endsWith('/describe'),
      );
      expect(described).toHaveLength(2);
    });

    it('a cursor that dies once too often ends the run, not those to come', async () => {
      const connection = await house().connection('salesforce');
      await house().control('salesforce', {
        fail: { status: 400, variant: 'INVALID_QUERY_LOCATOR', times: 4, path: '/query/0r8' },
      });
      const failed = { state: 'failed', errorReason: 'unknown' };
      expect(await house().run(connection, ['tasks'])).toMatchObject({ tasks: failed });
      await house().control('salesforce', { expire_cursors: true });
      expect(await house().run(connection, ['tasks'])).toMatchObject({ tasks: { state: 'done' } });
    });

    it('keeps what may be seen, in the ids and words of the org', async () => {
      const connection = await house().connection('salesforce');
      await house().run(connection, ['accounts']);
      const [first] = await house().all(connection.connectionId, 'accounts');
      const { data, externalId } = first!;
      expect(externalId).toMatch(/^001[0-9A-Za-z]{15}$/);
      expect(data).toMatchObject({ Id: externalId, IsDeleted: false, Name: expect.any(String) });
      expect(Object.keys(data)).not.toEqual(expect.arrayContaining(['attributes']));
      // Hidden by field-level security.
      expect(data).not.toHaveProperty('AnnualRevenue');
    });
  });
}
