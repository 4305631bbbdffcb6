import type { ErrorReason, Health, Interval } from '@connections/contracts';

import { wireTime } from '../wire-time.js';
import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { wholeSecond, type ConnectionState } from './connection-state.js';
import type { ConnectorFacts } from './connector-facts.js';
import { freshnessMs, healthRungs } from './health.js';

/** `GET /connections/:id/health`. */
export interface HealthWire {
  health: Health;
  /** When it began, as far as is known. */
  since: string | null;
  /** The precedence table from the top; the first that holds is the health. */
  rungs: { health: Health; holds: boolean; because: string }[];
}

/** Why a connection's health is what it is: each row of the precedence table with the facts that decide it. */
export function healthWire(row: ConnectionRow, state: ConnectionState, facts: ConnectorFacts): HealthWire {
  const told = { row, state, connector: facts.name(row.connector_type) };
  return {
    health: state.health,
    since: since(row, state),
    rungs: healthRungs(state.inputs).map(({ health, holds }) => ({
      health,
      holds,
      because: (holds ? because : becauseNot)[health](told),
    })),
  };
}

interface Told {
  readonly row: ConnectionRow;
  readonly state: ConnectionState;
  readonly connector: string;
}
type Sentences = Readonly<Record<Health, (told: Told) => string>>;

const because: Sentences = {
  disconnected: ({ row }) => `It was disconnected${at(row.disconnected_at)}.`,
  needs_reauth: ({ row, connector }) => {
    if (row.reconnecting)
      return `A reconnect was begun${at(row.authorization_started_at)} and waits to be approved at ${connector}.`;
    if (!row.connected_at) return `It has never been approved at ${connector}.`;
    return `${connector} no longer accepts its credentials; the refusal was noticed${refusedAt(row)}.`;
  },
  syncing: ({ row: { running } }) => {
    if (!running) return 'A run was asked for and has not begun yet.';
    const { streams_done: done, streams_total: total, records_written: records } = running;
    return `A run began at ${wireTime(running.started_at)}, and so far has done ${done} of ${counted(total, 'stream')} and written ${counted(records, 'record')}.`;
  },
  rate_limited: (told) => failure(told) + again(told),
  error: (told) =>
    told.state.verdict?.status === 'failed' ? failure(told) + again(told) : because.needs_reauth(told),
  degraded: (told) => failure(told) + again(told),
  stale: freshness,
  healthy: ({ state }) =>
    state.status === 'paused' ? 'None of the above holds; it is paused.' : 'None of the above holds.',
};

const becauseNot: Sentences = {
  disconnected: ({ row }) =>
    row.disconnected_at
      ? `It was disconnected${at(row.disconnected_at)}, and is being reconnected.`
      : 'Nobody has disconnected it.',
  needs_reauth: ({ row, connector }) =>
    row.auth_method === 'handle'
      ? `It is read with this platform’s own access to ${connector}.`
      : `${connector} has not refused its credentials, as far as is known.`,
  syncing: () => 'No run is under way.',
  rate_limited: (told) => unlessNone(told, ({ connector }) => `${connector} did not limit the last run.`),
  error: (told) =>
    unlessNone(told, ({ state }) =>
      state.verdict?.status === 'partial'
        ? 'The last run did not fail as a whole.'
        : 'The last run did not fail.',
    ),
  degraded: (told) =>
    unlessNone(told, ({ state: { verdict } }) =>
      verdict?.status === 'completed'
        ? `The last run completed ${streams(verdict.streams_done)}${at(verdict.finished_at)}.`
        : 'The last run failed as a whole, not in part.',
    ),
  stale: freshness,
  healthy: () => 'Something above holds.',
};

/** What is said of the last run, where there is one that counts. */
function unlessNone(told: Told, say: (told: Told) => string): string {
  const { row, state } = told;
  if (row.running) return 'The last run is still under way; what came of the one before no longer counts.';
  if (state.verdict) return say(told);
  return row.settled
    ? 'No run has ended since its present credentials were given.'
    : 'No run of it has ended yet.';
}

function failure({ row, state: { verdict }, connector }: Told): string {
  if (!verdict) return 'The last run failed.';
  const { status, streams_failed: failed, streams_total: total } = verdict;
  const why = reasonWords(verdict.error_reason, connector, row.auth_method);
  const where = total > 0 ? ` in ${failed} of ${counted(total, 'stream')}` : '';
  return `The last run (${status}) failed${where}${at(verdict.finished_at)} because ${why}.`;
}

function again({ state: { nextSyncAt } }: Told): string {
  return nextSyncAt === null ? '' : ` It is tried again by itself at ${wireTime(wholeSecond(nextSyncAt))}.`;
}

function freshness({ row, state }: Told): string {
  if (!row.connected_at) return 'It was never connected, so nothing of it can be out of date.';
  const usual = `${every[state.interval]} is usual, and it counts as stale after ${duration(freshnessMs(state.inputs.intervalMs))}`;
  if (row.last_completed_at) return `It last completed a sync${at(row.last_completed_at)}; ${usual}.`;
  return `It has not completed a sync since it was connected${at(row.connected_at)}; ${usual}.`;
}

function reasonWords(reason: ErrorReason | null, connector: string, authMethod: string): string {
  switch (reason) {
    case 'auth':
      return `${connector} no longer accepts its credentials`;
    case 'rate_limit':
      return `${connector} limited requests`;
    case 'transient':
      return `${connector} did not answer or reported trouble of its own`;
    case 'config':
      return authMethod === 'handle'
        ? `${connector} does not let this platform read it`
        : `${connector} refused this platform’s set-up, a permission or the plan`;
    default:
      return `${connector} answered in a way that was not expected`;
  }
}

/** When the present health began; null where nothing tells. */
function since(row: ConnectionRow, { health, verdict, staleSince }: ConnectionState): string | null {
  switch (health) {
    case 'disconnected':
      return wireTime(row.disconnected_at);
    case 'needs_reauth':
      if (refused(row, verdict)) return wireTime(refused(row, verdict));
      return wireTime(row.connected_at ? row.authorization_started_at : row.created_at);
    case 'syncing':
      return wireTime(row.running?.started_at ?? null);
    case 'stale':
      return wireTime(staleSince);
    case 'rate_limited':
    case 'error':
    case 'degraded':
      return wireTime(verdict?.finished_at ?? null);
    case 'healthy':
      return wireTime(verdict?.finished_at ?? row.connected_at);
  }
}

const refused = (row: ConnectionRow, verdict: RunSummaryRow | null): Date | string | null =>
  row.rejected_at ?? (verdict?.error_reason === 'auth' ? verdict.finished_at : null);
const refusedAt = (row: ConnectionRow): string => at(row.rejected_at ?? row.settled?.finished_at ?? null);

const at = (time: Date | string | null): string => (time === null ? '' : ` at ${wireTime(time)}`);

const every: Readonly<Record<Interval, string>> = {
  '1m': 'every minute',
  '10m': 'every 10 minutes',
  '30m': 'every 30 minutes',
  '1h': 'every hour',
  '6h': 'every 6 hours',
  '1d': 'every day',
};

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes % 1440 === 0) return counted(minutes / 1440, 'day');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
const streams = (count: number): string => (count === 1 ? 'its one stream' : `all ${count} streams`);
