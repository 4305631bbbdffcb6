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

describeConnectors([fathom]);
