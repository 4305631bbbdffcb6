import type { AuthMethod, Health, Status } from '@connections/contracts';

import { mayReconnect } from './reconnect-rule.js';

const cases: [Status, Health, boolean, AuthMethod, boolean][] = [
  ['error', 'needs_reauth', false, 'oauth', true],
  ['error', 'error', false, 'handle', true],
  ['connected', 'rate_limited', false, 'oauth', true],
  ['connected', 'degraded', false, 'oauth', true],
  ['disconnected', 'disconnected', false, 'oauth', true],
  ['pending', 'needs_reauth', false, 'oauth', true],
  ['paused', 'healthy', false, 'oauth', true],
  ['connected', 'healthy', false, 'oauth', false],
  ['connected', 'stale', false, 'handle', false],
  ['syncing', 'syncing', true, 'oauth', false],
  ['connected', 'healthy', false, 'api_key', true],
  ['connected', 'stale', false, 'api_key', true],
  ['connected', 'syncing', true, 'api_key', false],
];

describe('reconnecting', () => {
  it.each(cases)('%s, %s (is_syncing %s) by %s: %s', (status, health, isSyncing, method, allowed) => {
    expect(mayReconnect({ status, health, isSyncing }, method)).toBe(allowed);
  });
});
