import { healths, type ErrorReason, type Health } from '@connections/contracts';

import { deriveHealth, healthRungs, staleAt, type HealthInputs } from './health.js';

const HOUR = 3_600_000;
const now = Date.parse('2026-06-12T18:00:00Z');

const fresh: HealthInputs = {
  status: 'connected',
  isSyncing: false,
  rejected: false,
  lastRun: { status: 'completed', errorReason: null },
  lastSuccessAt: now - 60_000,
  connectedAt: now - 24 * HOUR,
  intervalMs: HOUR,
  now,
};
const ran = (status: 'failed' | 'partial', errorReason: ErrorReason): Partial<HealthInputs> => ({
  lastRun: { status, errorReason },
});
const aged: Partial<HealthInputs> = { lastSuccessAt: now - 3 * HOUR };

/** Every way in which a row of the contract's table comes true, alone. */
const causes: [Health, string, Partial<HealthInputs>][] = [
  ['disconnected', 'status disconnected', { status: 'disconnected' }],
  ['needs_reauth', 'credentials rejected', { rejected: true }],
  ['needs_reauth', 'last run failed: auth', ran('failed', 'auth')],
  ['needs_reauth', 'last run partial: auth', ran('partial', 'auth')],
  ['needs_reauth', 'status pending', { status: 'pending' }],
  ['syncing', 'is_syncing', { isSyncing: true }],
  ['rate_limited', 'last run failed: rate_limit', ran('failed', 'rate_limit')],
  ['rate_limited', 'last run partial: rate_limit', ran('partial', 'rate_limit')],
  ['error', 'last run failed: config', ran('failed', 'config')],
  ['error', 'last run failed: transient', ran('failed', 'transient')],
  ['error', 'last run failed: unknown', ran('failed', 'unknown')],
  ['error', 'status error', { status: 'error' }],
  ['degraded', 'last run partial: config', ran('partial', 'config')],
  ['degraded', 'last run partial: transient', ran('partial', 'transient')],
  ['degraded', 'last run partial: unknown', ran('partial', 'unknown')],
  ['stale', 'last success too old', aged],
  ['healthy', 'none of the others', {}],
];

describe('health', () => {
  it.each(causes)('is %s when %s', (health, _when, inputs) => {
    expect(deriveHealth({ ...fresh, ...inputs })).toBe(health);
    const [first] = healthRungs({ ...fresh, ...inputs }).filter(({ holds }) => holds);
    expect(first?.health).toBe(health);
  });

  it('is healthy only where nothing else holds', () => {
    const held = (inputs: HealthInputs) =>
      healthRungs(inputs)
        .filter(({ holds }) => holds)
        .map(({ health }) => health);
    expect(held(fresh)).toEqual(['healthy']);
    expect(held({ ...fresh, ...aged, isSyncing: true })).toEqual(['syncing', 'stale']);
  });

  // Two causes that set the same field cannot hold at once; all others are tried together.
  const together = causes.flatMap(([high, highWhen, highInputs]) =>
    causes
      .filter(([low]) => healths.indexOf(high) < healths.indexOf(low))
      .filter(([, , lowInputs]) => Object.keys(lowInputs).every((field) => !(field in highInputs)))
      .map(([low, lowWhen, lowInputs]) => ({
        high,
        highWhen,
        low,
        lowWhen,
        inputs: { ...lowInputs, ...highInputs },
      })),
  );

  it.each(together)('$high ($highWhen) wins over $low ($lowWhen)', ({ high, inputs }) => {
    expect(deriveHealth({ ...fresh, ...inputs })).toBe(high);
  });

  it('has every pair of the precedence covered', () => {
    const covered = new Set(together.map(({ high, low }) => `${high} > ${low}`));
    const pairs = healths.flatMap((high, i) => healths.slice(i + 1).map((low) => `${high} > ${low}`));
    // A run has one status and one reason: these two can come true by that run alone.
    const oneRunOnly = ['rate_limited > degraded'];
    expect(pairs.filter((pair) => !covered.has(pair))).toEqual(oneRunOnly);
  });
});

describe('the freshness window', () => {
  const window = (minutes: number) => staleAt({ ...fresh, intervalMs: minutes * 60_000, lastSuccessAt: 0 });

  it('is three intervals', () => expect(window(60)).toBe(3 * HOUR));
  it('is an hour at least', () => expect(window(10)).toBe(HOUR));
  it('runs from the connect where nothing succeeded yet', () => {
    expect(staleAt({ lastSuccessAt: null, connectedAt: 5, intervalMs: HOUR })).toBe(5 + 3 * HOUR);
  });
  it('does not run for what was never connected', () => {
    expect(staleAt({ lastSuccessAt: null, connectedAt: null, intervalMs: HOUR })).toBeNull();
  });
  it('ends health at its last millisecond', () => {
    const at = { ...fresh, lastSuccessAt: now - 3 * HOUR };
    expect([deriveHealth({ ...at, now: now - 1 }), deriveHealth(at)]).toEqual(['healthy', 'stale']);
  });
});

describe('a run that is still running', () => {
  it('hides the verdict of the one before', () => {
    const lastRun = { status: 'running', errorReason: null } as const;
    expect(deriveHealth({ ...fresh, lastRun, isSyncing: true })).toBe('syncing');
  });
});
