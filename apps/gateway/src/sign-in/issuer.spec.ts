import { ConfigError } from '@connections/platform';

import { loadGatewayConfig } from '../config.js';

const environment = (given: Record<string, string | undefined>) => ({
  DATABASE_URL: 'postgres://localhost/connections',
  PUBLIC_URL: 'https://connections.example',
  OIDC_CLIENT_ID: 'console',
  OIDC_CLIENT_SECRET: 'secret',
  ...given,
});

describe('the OpenID provider', () => {
  it.each([
    { OIDC_ISSUER: 'https://id.example', NODE_ENV: 'production' },
    { OIDC_ISSUER: 'https://id.example/realms/acme', NODE_ENV: 'production' },
    { OIDC_ISSUER: 'http://127.0.0.1:3001/oidc' },
    { OIDC_ISSUER: 'http://127.0.0.1:3001/oidc', NODE_ENV: 'test' },
  ])('%j is trusted', (given) => {
    expect(loadGatewayConfig(environment(given)).oidcIssuer).toBe(given.OIDC_ISSUER);
  });

  it.each([
    ['http://id.example', 'must be an https URL'],
    ['https://localhost:3001/oidc', 'must not be on this machine'],
    ['https://sandbox.localhost', 'must not be on this machine'],
    ['https://127.0.0.1/oidc', 'must not be on this machine'],
    ['https://2130706433', 'must not be on this machine'],
    ['https://[::1]/oidc', 'must not be on this machine'],
    ['https://[::ffff:127.0.0.1]', 'must not be on this machine'],
    ['https://localhost.', 'must not be on this machine'],
  ])('%s is refused in production', (OIDC_ISSUER, fault) => {
    const load = () => loadGatewayConfig(environment({ OIDC_ISSUER, NODE_ENV: 'production' }));
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(`OIDC_ISSUER ${fault}`);
  });

  it.each([
    [{ OIDC_ISSUER: 'id.example' }, 'OIDC_ISSUER must be'],
    [{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID'],
    [{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET'],
    [{ OIDC_ISSUER: 'https://id.example', PUBLIC_URL: '' }, 'OIDC_ISSUER needs PUBLIC_URL'],
    [{ PUBLIC_URL: 'connections.example' }, 'PUBLIC_URL must be a URL such as'],
  ])('%j is not complete', (given, fault) => {
    expect(() => loadGatewayConfig(environment(given))).toThrow(fault);
  });

  it('need not be there', () => expect(loadGatewayConfig(environment({})).oidcIssuer).toBeUndefined());
});
