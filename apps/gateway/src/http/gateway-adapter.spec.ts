import { GatewayAdapter } from './gateway-adapter.js';

it('does not wait for ever for a body, nor for a head', () => {
  const { requestTimeout, headersTimeout } = new GatewayAdapter().getInstance().server;
  expect(requestTimeout).toBeGreaterThan(0);
  expect(requestTimeout).toBeLessThanOrEqual(60_000);
  expect(headersTimeout).toBeGreaterThan(0);
});
