import { healths } from '@connections/contracts';

import { connectionState } from './connection-state.js';
import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { factsByCategory, type ConnectorFacts } from './connector-facts.js';
import { healthWire } from './health-explanation.js';

const now = Date.parse('2026-06-12T18:10:00Z');
const at = (time: string) => new Date(`2026-06-12T${time}Z`);
const facts: ConnectorFacts = { ...factsByCategory, name: () => 'HubSpot' };

const base: ConnectionRow = {
  id: 'c3f9a1e2-7b4d-4a10-9c2f-8e6b1d04a7f5',
  version: 1,
  workspace_id: 'w',
  connector_type: 'hubspot',
  category: 'crm',
  auth_method: 'oauth',
  ownership: 'workspace',
  name: 'Our CRM',
  owner_user_id: null,
  consent_user_id: 'u',
  created_by: 'u',
  created_by_name: 'Ada',
  created_at: at('11:00:00'),
  connected_at: at('12:00:00'),
  paused: false,
  reconnecting: false,
  rejected_at: null,
  disconnected_at: null,
  requested_run_ids: [],
  external_account_id: '1',
  account_label: 'acme.test',
  handle: null,
  display_name: null,
  requested: false,
  running: null,
  latest: null,
  settled: null,
  last_completed_at: at('18:00:31'),
  interval_override: null,
  cadence_changed_at: null,
  authorization_started_at: null,
  authorization_expires_at: null,
};
const run = (change: Partial<RunSummaryRow>): RunSummaryRow => ({
  run_id: 'run_1',
  status: 'completed',
  started_at: '2026-06-12T18:00:00Z',
  finished_at: '2026-06-12T18:00:31Z',
  streams_total: 8,
  streams_failed: 0,
  streams_done: 8,
  records_written: 1247,
  error_reason: null,
  ...change,
});
const throttled = run({
  status: 'partial',
  streams_failed: 1,
  streams_done: 7,
  error_reason: 'rate_limit',
  next_sync_at: '2026-06-12T18:30:00Z',
});
const running = run({ status: 'running', finished_at: null, streams_done: 3 });

const explain = (change: Partial<ConnectionRow>) => {
  const row = { ...base, ...change };
  return healthWire(row, connectionState(row, facts, now), facts);
};
const because = (health: string, change: Partial<ConnectionRow>) =>
  explain(change).rungs.find((rung) => rung.health === health)?.because;

describe('the explanation of health', () => {
  it.each<[string, Partial<ConnectionRow>, string, string | null]>([
    ['all well', { settled: run({}) }, 'healthy', '18:00:31'],
    ['never approved', { connected_at: null, last_completed_at: null }, 'needs_reauth', '11:00:00'],
    [
      'being reconnected',
      { reconnecting: true, authorization_started_at: at('18:09:00') },
      'needs_reauth',
      '18:09:00',
    ],
    ['refused', { rejected_at: at('17:00:00') }, 'needs_reauth', '17:00:00'],
    [
      'refused in a run',
      { settled: run({ status: 'failed', error_reason: 'auth' }) },
      'needs_reauth',
      '18:00:31',
    ],
    ['syncing', { running }, 'syncing', '18:00:00'],
    ['asked to sync', { requested: true }, 'syncing', null],
    ['throttled', { settled: throttled }, 'rate_limited', '18:00:31'],
    ['failed', { settled: run({ status: 'failed', error_reason: 'config' }) }, 'error', '18:00:31'],
    [
      'partly failed',
      { settled: run({ status: 'partial', error_reason: 'config' }) },
      'degraded',
      '18:00:31',
    ],
    ['aged', { last_completed_at: at('14:00:00') }, 'stale', '17:00:00'],
    ['disconnected', { disconnected_at: at('16:00:00') }, 'disconnected', '16:00:00'],
  ])('of one that is %s has its health at the first rung that holds', (_what, change, health, since) => {
    const { rungs, ...told } = explain(change);
    expect(told).toEqual({ health, since: since && `2026-06-12T${since}Z` });
    expect(rungs.map((rung) => rung.health)).toEqual(healths);
    expect(rungs.find(({ holds }) => holds)?.health).toBe(health);
    for (const { because: sentence } of rungs) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('says what decides each rung, in sentences', () => {
    expect(explain({ settled: throttled, last_completed_at: at('14:00:00') }).rungs).toEqual([
      { health: 'disconnected', holds: false, because: 'Nobody has disconnected it.' },
      {
        health: 'needs_reauth',
        holds: false,
        because: 'HubSpot has not refused its credentials, as far as is known.',
      },
      { health: 'syncing', holds: false, because: 'No run is under way.' },
      {
        health: 'rate_limited',
        holds: true,
        because:
          'The last run (partial) failed in 1 of 8 streams at 2026-06-12T18:00:31Z because HubSpot limited requests. It is tried again by itself at 2026-06-12T18:30:00Z.',
      },
      { health: 'error', holds: false, because: 'The last run did not fail as a whole.' },
      {
        health: 'degraded',
        holds: true,
        because:
          'The last run (partial) failed in 1 of 8 streams at 2026-06-12T18:00:31Z because HubSpot limited requests. It is tried again by itself at 2026-06-12T18:30:00Z.',
      },
      {
        health: 'stale',
        holds: true,
        because:
          'It last completed a sync at 2026-06-12T14:00:00Z; every hour is usual, and it counts as stale after 3 hours.',
      },
      { health: 'healthy', holds: false, because: 'Something above holds.' },
    ]);
  });

  it('tells how far a run has come', () => {
    expect(because('syncing', { running })).toBe(
      'A run began at 2026-06-12T18:00:00Z, and so far has done 3 of 8 streams and written 1,247 records.',
    );
    expect(because('error', { running, settled: run({ status: 'failed' }) })).toBe(
      'The last run is still under way; what came of the one before no longer counts.',
    );
  });

  it('does not blame a new credential for the runs of the one before', () => {
    const settled = run({ status: 'failed', error_reason: 'auth' });
    expect(because('error', { settled, connected_at: at('18:05:00') })).toBe(
      'No run has ended since its present credentials were given.',
    );
  });

  it('names the cadence that was set', () => {
    expect(because('stale', { interval_override: '1d', last_completed_at: null })).toBe(
      'It has not completed a sync since it was connected at 2026-06-12T12:00:00Z; every day is usual, and it counts as stale after 3 days.',
    );
  });
});
