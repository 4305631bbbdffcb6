import { fraction, jitter } from '@connections/contracts';

import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { connectionState, expiresAt } from './connection-state.js';
import { connectionWire, statusWire } from './connection-wire.js';
import { factsByCategory } from './connector-facts.js';

const now = Date.parse('2026-06-12T18:10:00Z');
const connectedAt = new Date('2026-06-12T12:00:00Z');

const base: ConnectionRow = {
  id: 'c3f9a1e2-7b4d-4a10-9c2f-8e6b1d04a7f5',
  version: 1,
  workspace_id: 'w',
  connector_type: 'hubspot',
  category: 'crm',
  auth_method: 'oauth',
  ownership: 'workspace',
  name: 'HubSpot',
  owner_user_id: null,
  consent_user_id: 'u',
  created_by: 'u',
  created_by_name: 'Ada',
  created_at: connectedAt,
  connected_at: connectedAt,
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
  last_completed_at: new Date('2026-06-12T18:00:00Z'),
  interval_override: null,
  cadence_changed_at: null,
  authorization_started_at: null,
  authorization_expires_at: null,
};
const run = (change: Partial<RunSummaryRow>): RunSummaryRow => ({
  run_id: 'run_1',
  status: 'completed',
  started_at: '2026-06-12T18:00:00.250+00:00',
  finished_at: '2026-06-12T18:00:31.999+00:00',
  streams_total: 8,
  streams_failed: 0,
  streams_done: 8,
  records_written: 1247,
  error_reason: null,
  ...change,
});
const failed = (error_reason: RunSummaryRow['error_reason']) => run({ status: 'failed', error_reason });
const running = run({ run_id: 'run_2', status: 'running', finished_at: null });

const state = (change: Partial<ConnectionRow>) =>
  connectionState({ ...base, ...change }, factsByCategory, now);
const wire = (change: Partial<ConnectionRow>) =>
  connectionWire({ ...base, ...change }, state(change), factsByCategory);

describe('status and health of a row', () => {
  it.each<[string, Partial<ConnectionRow>, string, string, boolean]>([
    ['all well', { settled: run({}) }, 'connected', 'healthy', false],
    ['just connected', { requested: true, last_completed_at: null }, 'connected', 'syncing', true],
    ['first page asked for', { requested: true, running }, 'syncing', 'syncing', true],
    ['never approved', { connected_at: null, last_completed_at: null }, 'pending', 'needs_reauth', false],
    ['reconnecting', { reconnecting: true, rejected_at: connectedAt }, 'pending', 'needs_reauth', false],
    [
      'reconnecting what was disconnected',
      { reconnecting: true, disconnected_at: connectedAt },
      'pending',
      'needs_reauth',
      false,
    ],
    [
      'disconnected while it runs',
      { disconnected_at: connectedAt, running },
      'disconnected',
      'disconnected',
      true,
    ],
    ['paused', { paused: true }, 'paused', 'healthy', false],
    ['paused while it runs', { paused: true, running }, 'paused', 'syncing', true],
    ['rejected', { rejected_at: connectedAt }, 'error', 'needs_reauth', false],
    ['rejected while it runs', { rejected_at: connectedAt, running }, 'error', 'needs_reauth', true],
    ['failed', { settled: failed('transient') }, 'error', 'error', false],
    ['failed by throttle', { settled: failed('rate_limit') }, 'connected', 'rate_limited', false],
    ['failed by auth', { settled: failed('auth') }, 'error', 'needs_reauth', false],
    [
      'partly failed',
      { settled: run({ status: 'partial', error_reason: 'config' }) },
      'connected',
      'degraded',
      false,
    ],
    ['running after a failure', { settled: failed('unknown'), running }, 'syncing', 'syncing', true],
    [
      'asked to sync after a failure',
      { settled: failed('unknown'), requested: true },
      'error',
      'syncing',
      true,
    ],
    [
      'no success for long',
      { last_completed_at: new Date('2026-06-12T15:00:00Z') },
      'connected',
      'stale',
      false,
    ],
  ])('%s', (_what, change, status, health, isSyncing) => {
    expect(state(change)).toMatchObject({ status, health, isSyncing });
  });

  it('forgets verdicts on a credential that has been replaced', () => {
    const old = { settled: failed('auth'), connected_at: new Date('2026-06-12T18:05:00Z'), requested: true };
    expect(state(old)).toMatchObject({ status: 'connected', health: 'syncing', verdict: null });
  });

  it('does not let clocks that differ hide the verdict on the new credential', () => {
    const skewed = {
      settled: failed('auth'),
      connected_at: new Date('2026-06-12T18:05:00Z'),
      requested_run_ids: ['run_1'],
    };
    expect(state(skewed).health).toBe('needs_reauth');
  });

  it('names the moment at which time alone makes it stale', () => {
    expect(state({}).staleAt).toBe(Date.parse('2026-06-12T21:00:00Z'));
    expect(state({ settled: failed('config') }).staleAt).toBeNull();
  });

  it.each([
    ['1m', '19:00'],
    ['30m', '19:30'],
    ['6h', '12:00'],
    ['a preset of later days', '21:00'],
  ])('moves that moment with a cadence overridden by %s', (interval_override, time) => {
    const day = interval_override === '6h' ? '2026-06-13' : '2026-06-12';
    expect(state({ interval_override }).staleAt).toBe(Date.parse(`${day}T${time}:00Z`));
  });
});

describe('the next sync', () => {
  const inTime = (at: string) => Date.parse(`2026-06-12T${at}Z`);
  const scheduled = run({ next_sync_at: '2026-06-12T19:03:00.200+00:00', sync_interval: '1h' });
  const due = (change: Partial<ConnectionRow>) => state({ settled: scheduled, ...change }).nextSyncAt;

  it('is when the end of the latest run has scheduled it, in whole seconds', () => {
    expect(due({})).toBe(inTime('19:03:00.200'));
    expect(wire({ settled: scheduled }).next_sync_at).toBe('2026-06-12T19:03:01Z');
  });

  it('is now, never in the past, when it is due and waits for a slot', () => {
    expect(due({ settled: run({ next_sync_at: '2026-06-12T18:09:00Z', sync_interval: '1h' }) })).toBe(now);
  });

  it.each<[string, Partial<ConnectionRow>]>([
    ['while it is syncing', { running }],
    ['once a run was asked for', { requested: true }],
    ['while it is paused', { paused: true }],
    ['while it is being reconnected', { reconnecting: true }],
    ['when its credentials were refused', { rejected_at: connectedAt }],
    ['when it is disconnected', { disconnected_at: connectedAt }],
    ['before any run has ended', { settled: null }],
    ['after a run that its credentials ended', { settled: failed('auth') }],
    ['when a run of an older release failed', { settled: failed('transient') }],
  ])('is not scheduled %s', (_when, change) => {
    expect(due(change)).toBeNull();
  });

  it('follows a cadence that has changed since, as the schedule does', () => {
    const cadence_changed_at = new Date('2026-06-12T18:05:00Z');
    const by = (interval_override: string) => due({ interval_override, cadence_changed_at });
    // Started at 18:00: by a longer one still to come, by a shorter one spread over it.
    expect(by('6h')).toBe(inTime('18:00:00.250') + 6 * 3_600_000 + jitter(base.id, 6 * 3_600_000));
    expect(by('1m')).toBe(Math.max(now, inTime('18:05:00') + Math.floor(fraction(base.id) * 60_000)));
    expect(by('1h')).toBe(inTime('19:03:00.200'));
  });

  it('does not follow it where a backoff or the provider decides', () => {
    const settled = { ...failed('transient'), next_sync_at: '2026-06-12T18:20:00Z' };
    expect(due({ settled, interval_override: '1m', cadence_changed_at: connectedAt })).toBe(
      inTime('18:20:00'),
    );
  });

  it('is one interval after a completed run of an older release', () => {
    expect(due({ settled: run({}) })).toBe(inTime('19:00:00.250') + jitter(base.id, 3_600_000));
  });

  it('is at once when a new credential was given while it was paused, and it is resumed', () => {
    expect(due({ settled: failed('auth'), connected_at: new Date('2026-06-12T18:05:00Z') })).toBe(now);
  });

  it('ends the answer that shows it', () => {
    const row = { ...base, settled: scheduled };
    expect(expiresAt(row, state({ settled: scheduled }))).toBe(inTime('19:03:01'));
    expect(expiresAt({ ...base, running }, state({ running }))).toBe(now + 2000);
  });
});

describe('the wire', () => {
  it('tells how often it syncs, and when time alone makes or made it stale', () => {
    expect(wire({})).toMatchObject({ sync_interval: '1h', stale_at: '2026-06-12T21:00:00Z' });
    expect(wire({ interval_override: '10m' })).toMatchObject({
      sync_interval: '10m',
      stale_at: '2026-06-12T19:00:00Z',
    });
    expect(wire({ last_completed_at: new Date('2026-06-12T14:00:00Z') })).toMatchObject({
      health: 'stale',
      stale_at: '2026-06-12T17:00:00Z',
    });
    expect(wire({ settled: failed('config') }).stale_at).toBeNull();
  });

  it('tells until when a pending one waits, and nothing once that has passed', () => {
    const waiting = (authorization_expires_at: Date | null) =>
      wire({ connected_at: null, last_completed_at: null, authorization_expires_at }).pending_until;
    expect(waiting(new Date('2026-06-12T18:15:00Z'))).toBe('2026-06-12T18:15:00Z');
    expect(waiting(new Date('2026-06-12T18:09:59Z'))).toBeNull();
    expect(waiting(null)).toBeNull();
    expect(wire({ authorization_expires_at: new Date('2026-06-12T18:15:00Z') }).pending_until).toBeNull();
  });

  it('has the lean status, and nothing else in it', () => {
    const row = { ...base, latest: run({}), settled: run({}) };
    expect(statusWire(row, connectionState(row, factsByCategory, now))).toEqual({
      id: base.id,
      status: 'connected',
      health: 'healthy',
      is_syncing: false,
      last_synced_at: '2026-06-12T18:00:00Z',
      last_run: {
        id: 'run_1',
        status: 'completed',
        started_at: '2026-06-12T18:00:00Z',
        finished_at: '2026-06-12T18:00:31Z',
        streams_total: 8,
        streams_failed: 0,
        streams_done: 8,
        records_written: 1247,
        error_reason: null,
      },
    });
  });

  it('shows a skipped run as the last one, but never instead of a running one', () => {
    const skipped = run({ run_id: 'run_3', status: 'skipped_locked' });
    expect(wire({ latest: skipped, settled: run({}) }).last_run?.id).toBe('run_3');
    expect(wire({ latest: skipped, settled: run({}), running }).last_run?.id).toBe('run_2');
  });

  it('says in our words what happened, why, and what to do', () => {
    expect(wire({ settled: failed('auth') }).last_error).toEqual({
      reason: 'auth',
      message: expect.stringMatching(/no longer accepts .* Reconnect/),
      at: '2026-06-12T18:00:31Z',
    });
    expect(wire({ rejected_at: connectedAt }).last_error?.at).toBe('2026-06-12T12:00:00Z');
    expect(wire({ settled: run({}) }).last_error).toBeNull();
  });

  it('names a social account', () => {
    const social = {
      category: 'social',
      handle: 'acme',
      display_name: 'Acme',
      external_account_id: '1538291',
    };
    expect(wire(social)).toMatchObject({
      handle: 'acme',
      display_name: 'Acme',
      external_account_id: '1538291',
    });
    expect(wire({})).not.toHaveProperty('handle');
  });
});
