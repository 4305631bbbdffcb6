import { isAllowedAddress } from './addresses.js';
import type { ConnectorDefinition } from '../definition.js';
import { apiBaseUrl, authBaseUrl, authUrl } from './endpoints.js';
import { checkedUrl, namedBaseUrl, RefusedHost } from './hosts.js';
import { findConnector } from '../../registry.js';

const hubspot = findConnector('hubspot')!;
const api = 'https://api.hubapi.com';

describe('where calls may go', () => {
  it('the declared API and what the operator set, with the path kept', () => {
    expect(checkedUrl(hubspot, '/crm', api, {}).href).toBe(`${api}/crm`);
    const env = { HUBSPOT_BASE_URL: 'http://localhost:4010/hubspot/' };
    expect(checkedUrl(hubspot, '/crm', env.HUBSPOT_BASE_URL, env).href).toBe(
      'http://localhost:4010/hubspot/crm',
    );
  });

  it('no other host, whoever names it', () => {
    expect(() => checkedUrl(hubspot, 'https://evil.example/crm', api, {})).toThrow(RefusedHost);
    expect(() => checkedUrl(hubspot, '/crm', 'https://evil.example', {})).toThrow(RefusedHost);
    expect(() => checkedUrl(hubspot, '@evil.example/', api, {})).toThrow(RefusedHost);
  });

  it('hosts of a declared pattern, whole labels only', () => {
    const definition = {
      ...hubspot,
      api: { ...hubspot.api!, hosts: ['*.example.com'] },
    } as ConnectorDefinition;
    expect(checkedUrl(definition, '/x', 'https://eu1.example.com', {}).host).toBe('eu1.example.com');
    expect(() => checkedUrl(definition, '/x', 'https://badexample.com', {})).toThrow(RefusedHost);
    expect(() => checkedUrl(definition, '/x', 'https://example.com.evil.example', {})).toThrow(RefusedHost);
  });

  it('over TLS only, in production', () => {
    const env = { NODE_ENV: 'production', HUBSPOT_BASE_URL: 'http://api.example.com' };
    expect(() => checkedUrl(hubspot, '/crm', env.HUBSPOT_BASE_URL, env)).toThrow(RefusedHost);
  });

  it.each([
    ['8.8.8.8', true, true],
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['::1', false, true],
    ['::ffff:127.0.0.1', false, true],
    ['169.254.169.254', false, false],
    ['0.0.0.0', false, false],
    ['fe80::1', false, false],
    ['nonsense', false, false],
  ])('%s: production %p, development %p', (address, production, development) => {
    expect([isAllowedAddress(address, true), isAllowedAddress(address, false)]).toEqual([
      production,
      development,
    ]);
  });
});

describe('endpoints', () => {
  it('are the provider’s, and move with the variables', () => {
    expect(apiBaseUrl(hubspot, {})).toBe(api);
    expect(apiBaseUrl(hubspot, { HUBSPOT_BASE_URL: ' ' }, 'https://named.example')).toBe(
      'https://named.example',
    );
    expect(authBaseUrl(hubspot, {})).toBe(api);
    const env = { HUBSPOT_AUTH_BASE_URL: 'http://localhost:4010/hubspot' };
    expect(authBaseUrl(hubspot, env)).toBe(env.HUBSPOT_AUTH_BASE_URL);
    expect(authUrl(hubspot, 'https://app.hubspot.com/oauth/authorize', env)).toBe(
      'http://localhost:4010/hubspot/oauth/authorize',
    );
  });
});

describe('a base URL that comes with a token', () => {
  const salesforce = findConnector('salesforce')!;
  const named = (url: unknown, env = {}) => namedBaseUrl(salesforce, { instance_url: url }, env);

  it('is taken on a declared host, without what does not belong', () => {
    expect(named('https://acme.my.salesforce.com')).toBe('https://acme.my.salesforce.com');
    expect(named('https://acme--uat.sandbox.my.salesforce.com/')).toBe(
      'https://acme--uat.sandbox.my.salesforce.com',
    );
    expect(named('https://user:word@acme.my.salesforce.com/?q#f')).toBe('https://acme.my.salesforce.com');
    const env = { SALESFORCE_AUTH_BASE_URL: 'http://127.0.0.1:4010/salesforce' };
    expect(named('http://127.0.0.1:4010/salesforce/org-1', env)).toBe(
      'http://127.0.0.1:4010/salesforce/org-1',
    );
  });

  it.each([
    'https://evil.example',
    'https://my.salesforce.com.evil.example',
    'https://evilmy.salesforce.com',
    'https://acme.my.salesforce.com@evil.example',
    'https://acme.my.salesforce.com:8443',
    'file:///etc/passwd',
    '//evil.example',
    'nonsense',
  ])('%s is refused', (url) => expect(() => named(url)).toThrow(RefusedHost));

  it('without TLS is refused in production', () => {
    expect(() => named('http://acme.my.salesforce.com', { NODE_ENV: 'production' })).toThrow(RefusedHost);
  });

  it('is nothing to a connector that expects none, or an answer without one', () => {
    expect(named(undefined)).toBeUndefined();
    expect(namedBaseUrl(hubspot, { instance_url: 'https://evil.example' }, {})).toBeUndefined();
  });
});
