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

describeConnectors([gmail]);
