import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const all = { later: 'everything', deletions: 'full_read' } as const;

const slack: ConnectorCase = {
  type: 'slack',
  streams: {
    team: { ...all, rows: 1, rowsOf: null },
    users: { ...all, rows: 40 },
    channels: { ...all, rows: 12 },
    // With the 150 replies.
    messages: { later: 'changes', deletions: 'full_read', rows: 2_850 },
    channel_members: { ...all, rows: 45, rowsOf: null },
  },
  paged: 'messages',
  other: 'users',
  pagedPath: '/api/conversations',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'rate_limited', throttle: { for_s: 20, variant: 'rate_limited' }, waits: [20, 20] },
  ],
  cursors: true,
};

describeConnectors([slack]);
