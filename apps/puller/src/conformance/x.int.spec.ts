import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const x: ConnectorCase = {
  type: 'x',
  records: { posts: 250 },
  streams: {
    profile: { later: 'everything', deletions: 'never', rows: 1, rowsOf: null, snapshot: true },
    // Metrics and deletions are looked up for a month.
    posts: { later: 'recent', deletions: 'told', rows: 250 },
  },
  paged: 'posts',
  other: 'profile',
  pagedPath: '/tweets',
  throttles: [
    { says: 'x-rate-limit-reset', throttle: { for_s: 30 }, waits: [30, 32], scope: 'app' },
    { says: 'code 88', throttle: { for_s: 30, variant: 'short' }, waits: [30, 32], scope: 'app' },
  ],
  cursors: true,
};

describeConnectors([x]);
