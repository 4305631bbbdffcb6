import { type FastifyInstance } from 'fastify';

export function portalDomain(hub: string): string {
  return hub === '4711001' ? 'acme-demo.example' : `portal-${hub}.example`;
}

export function portalUser(hub: string): string {
  return `admin@${portalDomain(hub)}`;
}

/** `GET /account-info/{version}/details`, also the cheap test of a connection. */
export function accountInfoRoutes(scope: FastifyInstance): void {
  for (const version of ['2026-03', '2026-09', 'v3']) {
    scope.get(`/account-info/${version}/details`, (request) => ({
      portalId: Number(request.account),
      accountType: 'STANDARD',
      timeZone: 'Europe/Berlin',
      companyCurrency: 'EUR',
      additionalCurrencies: ['USD'],
      utcOffset: '+01:00',
      utcOffsetMilliseconds: 3_600_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    }));
  }
}
