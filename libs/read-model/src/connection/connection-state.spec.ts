import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { connectionState } from './connection-state.js';
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
};
const run = (change: Partial<RunSummaryRow>): RunSummaryRow => ({
  run_id: 'run_1',
  status: 'completed',
  started_at: '2026-06-12T18:00:00.250+00:00',
  finished_at: '2026-06-12T18:00:31.999+00:00',
  streams_total: 8,
  streams_failed: 0,
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

describe('the wire', () => {
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
