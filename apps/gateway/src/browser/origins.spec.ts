import { loadGatewayConfig } from '../config.js';

const load = (CORS_ORIGINS: string) =>
  loadGatewayConfig({ DATABASE_URL: 'postgres://localhost/connections', CORS_ORIGINS });

describe('CORS_ORIGINS', () => {
  it.each(['https://app.example.com', 'http://localhost:5173', 'https://[::1]:8443'])('%s is one', (origin) =>
    expect(load(`${origin}, https://b.example`).corsOrigins).toEqual([origin, 'https://b.example']),
  );

  it.each([
    '*',
    'null',
    'app.example.com',
    'https://app.example.com/',
    'https://*.example.com',
    'https://APP.example.com',
    'https://app.example.com:443',
    'https://someone@app.example.com',
    'ftp://app.example.com',
  ])('%s would match no page', (origin) =>
    expect(() => load(`https://b.example,${origin}`)).toThrow('CORS_ORIGINS must be origins'),
  );
});
