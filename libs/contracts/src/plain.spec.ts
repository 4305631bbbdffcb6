import { ConnectionEstablishedSchema, decode, encode, type EventOf } from './index.js';

describe('plain messages', () => {
  const data: EventOf<'connections.connection'> & { type: 'ConnectionEstablished' } = {
    type: 'ConnectionEstablished',
    data: {
      workspaceId: 'w',
      connectorType: 'hubspot',
      category: 'crm',
      authMethod: 'oauth',
      ownership: 'workspace',
      name: '',
      consentUserId: 'u',
      credentialId: 'c',
      account: { externalId: '1', label: 'acme.test' },
      requestedRunId: 'run_1',
      establishedAt: '2026-06-12T18:04:11.000Z',
    },
  };

  it('survive the wire unchanged, empty fields included', () => {
    const wire = JSON.parse(JSON.stringify(encode(ConnectionEstablishedSchema, data.data)));
    expect(wire.name).toBe('');
    expect(decode(ConnectionEstablishedSchema, wire)).toEqual(data.data);
  });

  it('drop fields of a newer writer', () => {
    const wire = { ...encode(ConnectionEstablishedSchema, data.data), addedLater: 1 };
    expect(decode(ConnectionEstablishedSchema, wire)).toEqual(data.data);
  });

  it('refuse a wrong type', () => {
    expect(() => decode(ConnectionEstablishedSchema, { name: 1 })).toThrow();
  });
});
