import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const all = { later: 'everything', deletions: 'full_read' } as const;
const told = { later: 'changes', deletions: 'told' } as const;
const changes = { later: 'changes', deletions: 'full_read' } as const;

const hubspot: ConnectorCase = {
  type: 'hubspot',
  streams: {
    contacts: { ...told, rows: 300 },
    companies: { ...told, rows: 90 },
    deals: { ...told, rows: 150 },
    tickets: { ...told, rows: 80 },
    owners: { ...all, rows: 8, deletions: 'told', archives: true },
    calls: { ...told, rows: 120 },
    emails: { ...told, rows: 160 },
    meetings: { ...told, rows: 60 },
  },
  paged: 'contacts',
  other: 'owners',
  pagedPath: '/contacts',
  throttles: [
    { says: 'SECONDLY', throttle: { for_s: 1 }, waits: [1, 1] },
    {
      says: 'TEN_SECONDLY_ROLLING',
      throttle: { for_s: 10, variant: 'TEN_SECONDLY_ROLLING' },
      waits: [10, 10],
    },
    { says: 'Retry-After', throttle: { for_s: 30, variant: 'TEN_SECONDLY_ROLLING' }, waits: [30, 30] },
    { says: 'DAILY', throttle: { for_s: 7_200, variant: 'DAILY' }, waits: [3_600, 3_600] },
  ],
  cursors: true,
};

const pipedrive: ConnectorCase = {
  type: 'pipedrive',
  // 500 a page: three pages of persons.
  records: { persons: 1_010, pipelines: 4 },
  streams: {
    deals: { ...told, rows: 220 },
    persons: { ...changes, rows: 1_010 },
    organizations: { ...changes, rows: 80 },
    activities: { ...changes, rows: 250 },
    leads: { ...changes, rows: 48 },
    notes: { ...changes, rows: 120 },
    products: { ...changes, rows: 30 },
    pipelines: { ...all, rows: 4 },
    stages: { ...all, rows: 10 },
    users: { ...all, rows: 6 },
  },
  paged: 'persons',
  other: 'stages',
  pagedPath: '/persons',
  throttles: [
    { says: 'x-ratelimit-reset', throttle: { for_s: 30, variant: 'burst' }, waits: [30, 30] },
    { says: 'Retry-After', throttle: { for_s: 25, retry_after: true }, waits: [25, 25] },
    // Until midnight UTC, whenever that is.
    { says: 'daily budget spent', throttle: { for_s: 7_200, variant: 'daily' }, waits: [0, 86_400] },
  ],
  cursors: true,
};

describeConnectors([hubspot, pipedrive]);
