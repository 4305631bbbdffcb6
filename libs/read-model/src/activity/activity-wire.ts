import type { ErrorReason } from '@connections/contracts';

import { wireTime } from '../wire-time.js';
import type { ActivityData } from './activity-view.entity.js';
import type { ConnectionEventType } from './activity-view.fold.js';

/** What an entry can be; a client shows those that it does not know by their summary. */
export const activityTypes = [
  'requested',
  'connected',
  'renamed',
  'owner_set',
  'owner_cleared',
  'sync_requested',
  'paused',
  'resumed',
  'credentials_refused',
  'credentials_replaced',
  'reconnect_started',
  'reconnect_expired',
  'reconnected',
  'disconnected',
  'revived',
  'run_finished',
] as const;
export type ActivityType = (typeof activityTypes)[number];

export interface ActivityWire {
  id: string;
  at: string;
  type: ActivityType;
  actor: { user_id: string; name: string | null } | null;
  /** One sentence. */
  summary: string;
  run_id?: string;
  trace_id?: string;
}

interface Entry {
  readonly id: string;
  readonly at: Date;
  readonly actor: string | null;
  /** Null for one whom the workspace never heard of. */
  readonly actor_name: string | null;
}

/** What an event of the connection left, with the names that it does not hold itself. */
export interface ConnectionEntry extends Entry {
  readonly type: ConnectionEventType;
  readonly data: ActivityData;
  readonly owner_name: string | null;
  readonly previous_name: string | null;
}

/** How a run ended. */
export interface RunEntry extends Entry {
  readonly type: 'SyncRunFinished';
  readonly data: {
    readonly status: 'completed' | 'failed' | 'partial';
    readonly total: number;
    readonly failed: number;
    /** Some stream had not ended by then: the connection was disconnected. */
    readonly stopped: boolean;
    readonly written: number;
    readonly reason: ErrorReason | null;
    readonly traceId?: string;
  };
}

export type ActivityRow = ConnectionEntry | RunEntry;

/** What an entry's words depend on besides itself. */
export interface ActivityContext {
  /** The connector's name as people know it. */
  readonly connector: string;
  readonly authMethod: string;
}

export function activityWire(row: ActivityRow, context: ActivityContext): ActivityWire {
  const { type, summary } = row.type === 'SyncRunFinished' ? runTold(row, context) : told(row, context);
  const runId = row.type === 'SyncRunFinished' ? row.id : row.data.runId;
  const { traceId } = row.data;
  return {
    id: row.id,
    at: wireTime(row.at),
    type,
    actor: row.actor === null ? null : { user_id: row.actor, name: row.actor_name },
    summary,
    ...(runId !== undefined && { run_id: runId }),
    ...(traceId !== undefined && { trace_id: traceId }),
  };
}

type Told = Pick<ActivityWire, 'type' | 'summary'>;

function told(row: ConnectionEntry, { connector, authMethod }: ActivityContext): Told {
  const { data } = row;
  const who = row.actor_name ?? (row.actor === null ? 'The platform' : 'A former member');
  const to = data.account === undefined ? connector : `${connector} (${data.account})`;
  switch (row.type) {
    case 'ConnectionRequested':
      return { type: 'requested', summary: `${who} asked to connect ${connector}.` };
    case 'ConnectionEstablished':
      return { type: 'connected', summary: `${who} connected ${to}.` };
    case 'ConnectionRenamed': {
      const from = row.previous_name === null ? '' : ` from “${row.previous_name}”`;
      return { type: 'renamed', summary: `${who} renamed it${from} to “${data.name ?? ''}”.` };
    }
    case 'ConnectionOwnerChanged':
      return ownerChanged(row, who);
    case 'ConnectionSyncRequested':
      return { type: 'sync_requested', summary: `${who} asked for a sync.` };
    case 'ConnectionPaused':
      return data.consentEnded
        ? { type: 'paused', summary: 'It was paused, because the member who gave the consent was removed.' }
        : { type: 'paused', summary: `${who} paused it.` };
    case 'ConnectionResumed':
      return { type: 'resumed', summary: `${who} resumed it.` };
    case 'ConnectionCredentialsRejected': {
      const what = authMethod === 'api_key' ? 'the API key' : 'our access';
      return { type: 'credentials_refused', summary: `${connector} no longer accepts ${what}.` };
    }
    case 'ConnectionReconnectStarted':
      return { type: 'reconnect_started', summary: `${who} began to reconnect it.` };
    case 'ConnectionReconnectLapsed':
      return {
        type: 'reconnect_expired',
        summary: 'The reconnect was not completed; it is as it was before.',
      };
    case 'ConnectionReconnected':
      if (data.revived)
        return { type: 'revived', summary: `${who} connected ${to} again, after it had been disconnected.` };
      return authMethod === 'api_key'
        ? { type: 'credentials_replaced', summary: `${who} replaced the API key.` }
        : { type: 'reconnected', summary: `${who} reconnected ${to}.` };
    case 'ConnectionDisconnected':
      return { type: 'disconnected', summary: `${who} disconnected it.` };
  }
}

function ownerChanged({ actor, data, owner_name }: ConnectionEntry, who: string): Told {
  if (data.ownerUserId)
    return { type: 'owner_set', summary: `${who} made ${owner_name ?? 'a former member'} the owner.` };
  return {
    type: 'owner_cleared',
    // Only a member's removal takes an owner away without anybody having asked for it.
    summary:
      actor === null
        ? 'It has no owner any more, because that member was removed.'
        : `${who} took the owner away.`,
  };
}

function runTold({ data }: RunEntry, { connector, authMethod }: ActivityContext): Told {
  const { status, total, failed, written, stopped } = data;
  const records = counted(written, 'record');
  const because = data.reason === null ? '' : `: ${reasonOf(data.reason, connector, authMethod)}`;
  const summary = () => {
    if (stopped && status !== 'completed' && data.reason === 'unknown')
      return `A sync was stopped by the disconnect after it had written ${records}.`;
    if (status === 'failed') return `A sync failed${because}.`;
    if (status === 'partial')
      return `A sync wrote ${records}, but ${failed.toLocaleString('en')} of ${counted(total, 'stream')} failed${because}.`;
    if (written === 0) return `A sync found nothing new in ${counted(total, 'stream')}.`;
    return `A sync wrote ${records} in ${counted(total, 'stream')}.`;
  };
  return { type: 'run_finished', summary: summary() };
}

function reasonOf(reason: ErrorReason, connector: string, authMethod: string): string {
  switch (reason) {
    case 'auth':
      return `${connector} no longer accepts ${authMethod === 'api_key' ? 'the API key' : 'our access'}`;
    case 'rate_limit':
      return `${connector} limits how much may be read in a given time`;
    case 'config':
      return authMethod === 'handle'
        ? `${connector} does not let this platform read it`
        : `${connector} refused this platform's own set-up`;
    case 'transient':
      return `${connector} did not answer or reported trouble of its own`;
    case 'unknown':
      return `${connector} answered in a way that we did not expect`;
  }
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
