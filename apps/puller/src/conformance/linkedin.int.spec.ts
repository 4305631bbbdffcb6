import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

/** Days are told in full until two days ago. */
const days = { later: 'changes', deletions: 'never', rows: 362, rowsOf: null } as const;

const linkedin: ConnectorCase = {
  type: 'linkedin',
  streams: {
    organization: { later: 'everything', deletions: 'never', rows: 1, rowsOf: null },
    follower_count: { later: 'everything', deletions: 'never', rows: 1, rowsOf: null, snapshot: true },
    follower_statistics: days,
    share_statistics: days,
    page_statistics: days,
    posts: { later: 'changes', deletions: 'full_read', rows: 250 },
    post_statistics: { later: 'recent', deletions: 'never', rows: 250, rowsOf: 'posts' },
  },
  paged: 'posts',
  other: 'organization',
  pagedPath: '/rest/posts',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30], scope: 'app' },
    { says: 'no word', throttle: { for_s: 30, retry_after: false }, waits: [300, 300], scope: 'app' },
    { says: 'the app’s day', throttle: { for_s: 30, variant: 'day' }, waits: [90, 86_490], scope: 'app' },
  ],
  cursors: false,
};

describeConnectors([linkedin], (house) => {
  describe('a LinkedIn page without a role for the platform', () => {
    it('shows itself, and each stream that needs the role ends config', async () => {
      const connection = await house().connection('linkedin');
      const account = { externalId: '16568518566', label: 'Foreign', handle: 'foreign' };
      const report = await house().slice({
        ...connection,
        account,
        streams: Object.keys(linkedin.streams),
      });
      expect(report.streams.map(({ stream, state, errorReason }) => [stream, state, errorReason])).toEqual([
        ['organization', 'done', undefined],
        ...Object.keys(linkedin.streams)
          .slice(1)
          .map((stream) => [stream, 'failed', 'config']),
      ]);
      expect(report.gate).toBeUndefined();
    });
  });
});
