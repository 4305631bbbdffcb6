import { findConnector } from '@connections/connectors';
import { entryOf } from './entry.js';

describe('a catalog entry', () => {
  it('tells what a live connector is and brings', () => {
    const env = { HUBSPOT_CLIENT_ID: 'id', HUBSPOT_CLIENT_SECRET: 'secret' };
    expect(entryOf(findConnector('hubspot')!, env)).toMatchObject({
      type: 'hubspot',
      kind: 'first_party',
      category: 'crm',
      authMethod: 'oauth',
      ownership: 'workspace',
      instancing: 'single',
      pullerStatus: 'live',
      connectable: true,
      streams: ['contacts', 'companies', 'deals', 'tickets', 'owners', 'calls', 'emails', 'meetings'],
      defaultInterval: '1h',
    });
  });

  it('shows a planned one that cannot be connected', () => {
    expect(entryOf(findConnector('circleback')!, {})).toMatchObject({
      pullerStatus: 'planned',
      connectable: false,
      streams: [],
    });
  });
});
