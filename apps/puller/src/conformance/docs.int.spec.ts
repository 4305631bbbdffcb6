import type { ConnectorCase } from '../../test/conformance/connector-case.js';
import { describeConnectors } from '../../test/conformance/suite.js';

const told = { later: 'changes', deletions: 'told' } as const;
const changes = { later: 'changes', deletions: 'full_read' } as const;

const notion: ConnectorCase = {
  type: 'notion',
  streams: {
    pages: { ...told, rows: 230 },
    data_sources: { ...told, rows: 4 },
    // A database is read again when one of its data sources moves.
    databases: { ...changes, rows: 3, rowsOf: null },
    rows: { ...changes, rows: 80 },
    blocks: { ...changes, rows: 700 },
    users: { later: 'everything', deletions: 'full_read', rows: 9 },
  },
  paged: 'pages',
  other: 'users',
  pagedPath: '/v1/search',
  throttles: [
    { says: 'Retry-After', throttle: { for_s: 30 }, waits: [30, 30] },
    { says: 'retry_after in the body', throttle: { for_s: 25, variant: 'body-only' }, waits: [25, 25] },
    { says: 'status 529', throttle: { for_s: 20, variant: 'overload' }, waits: [20, 20] },
  ],
  cursors: true,
};

describeConnectors([notion]);
