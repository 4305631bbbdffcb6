import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const all = { later: 'everything', deletions: 'full_read' } as const;
const changes = { later: 'changes', deletions: 'full_read' } as const;

const pylon: ConnectorCase = {
  type: 'pylon',
  streams: {
    issues: { ...changes, rows: 120 },
    issue_messages: { ...changes, rows: 360 },
    accounts: { ...all, rows: 40 },
    contacts: { ...all, rows: 90 },
    users: { ...all, rows: 8 },
    teams: { ...all, rows: 3 },
    tags: { ...all, rows: 12 },
    issue_statuses: { ...all, rows: 6 },
    custom_fields: { ...all, rows: 9 },
  },
  paged: 'issue_messages',
  other: 'accounts',
  pagedPath: '/issues',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'X-Retry-After', throttle: { for_s: 25, variant: 'x-retry-after' }, waits: [25, 25] },
  ],
  cursors: true,
  account: { externalId: 'org_1001', label: 'Acme Support 1001' },
};

describeConnectors([pylon]);
