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
      unavailableReason: 'Circleback is coming soon and cannot be connected yet.',
    });
  });

  it.each([
    ['hubspot', /no application registered at HubSpot/],
    ['x', /no access of its own to X/],
  ])('says to who would connect %s why the platform does not let them', (type, reason) => {
    expect(entryOf(findConnector(type)!, {})).toMatchObject({
      connectable: false,
      unavailableReason: expect.stringMatching(reason),
    });
  });

  it('says how to ask for a key or a handle, and has nothing to ask for OAuth', () => {
    const aircall = entryOf(findConnector('aircall')!, {});
    expect(aircall.credential).toMatchObject({ label: 'API ID and token', placeholder: 'api_id:api_token' });
    expect(aircall.unavailableReason).toBeUndefined();
    expect(entryOf(findConnector('x')!, {}).credential).toMatchObject({ placeholder: '@acme' });
    expect(entryOf(findConnector('gong')!, {}).credential).toBeUndefined();
  });
});
