import { isConnectable } from './connectable.js';
import { connectors, findConnector } from './registry.js';

describe('the registry', () => {
  it('holds the seventeen entries of the product page', () => {
    expect(connectors).toHaveLength(17);
    const methods = Object.groupBy(connectors, ({ auth }) => auth.method);
    const types = (method: 'oauth' | 'api_key' | 'handle') => methods[method]?.map(({ type }) => type).sort();
    expect(types('oauth')).toEqual(['gmail', 'gong', 'hubspot', 'notion', 'outlook', 'salesforce', 'slack']);
    expect(types('handle')).toEqual(['linkedin', 'x']);
    expect(types('api_key')).toHaveLength(8);
    expect(connectors.filter(({ ownership }) => ownership === 'personal').map(({ type }) => type)).toEqual([
      'gmail',
      'outlook',
    ]);
  });

  it('lets only live connectors connect, and only with the credentials that they need', () => {
    const connectable = (type: string, env = {}) => isConnectable(findConnector(type)!, env);
    expect(connectable('circleback')).toBe(false);
    expect(connectable('pipedrive')).toBe(true);
    expect(connectable('hubspot')).toBe(false);
    expect(connectable('hubspot', { HUBSPOT_CLIENT_ID: 'id', HUBSPOT_CLIENT_SECRET: '' })).toBe(false);
    expect(connectable('hubspot', { HUBSPOT_CLIENT_ID: 'id', HUBSPOT_CLIENT_SECRET: 'secret' })).toBe(true);
    expect(connectable('x')).toBe(false);
    expect(connectable('x', { X_BEARER_TOKEN: 'token' })).toBe(true);
    const client = { LINKEDIN_CLIENT_ID: 'id', LINKEDIN_CLIENT_SECRET: 'secret' };
    expect(connectable('linkedin', client)).toBe(false);
    expect(connectable('linkedin', { ...client, LINKEDIN_REFRESH_TOKEN: 'grant' })).toBe(true);
    expect(connectable('linkedin', { LINKEDIN_BEARER_TOKEN: 'token' })).toBe(true);
  });
});
