import type { Account, EventOf, Plain } from '@connections/contracts';

import type { ActivityData, ActivityView } from './activity-view.entity.js';

type ConnectionEvent = EventOf<'connections.connection'>;

/** Of the events that a history shows; a discarded connection has none. */
export type ConnectionEventType = Exclude<ConnectionEvent['type'], 'ConnectionDiscarded'>;

/** What of an event's envelope its history shows. */
export interface ActivityEnvelope {
  readonly id: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly meta: { readonly actor: string; readonly traceparent: string };
}

/** The row of an event; undefined when the event discards the connection, and its history with it. */
export function activityOf(event: ConnectionEvent & ActivityEnvelope): ActivityView | undefined {
  const told = toldBy(event);
  if (!told || event.type === 'ConnectionDiscarded') return undefined;
  const { at, by, data = {} } = told;
  const traceId = /^00-([0-9a-f]{32})-/.exec(event.meta.traceparent)?.[1];
  return {
    connectionId: event.aggregateId,
    version: event.version,
    eventId: event.id,
    at: new Date(at ?? event.recordedAt),
    type: event.type,
    actor: userIn(by ?? event.meta.actor.replace(/^user:/, '')),
    data: { ...data, ...(traceId !== undefined && { traceId }) },
  };
}

interface Told {
  /** When it was, and who did it, where the event itself says so. */
  readonly at?: string;
  readonly by?: string;
  readonly data?: ActivityData;
}

function toldBy(event: ConnectionEvent): Told | undefined {
  switch (event.type) {
    case 'ConnectionRequested':
      return { at: event.data.requestedAt, by: event.data.requestedBy, data: { name: event.data.name } };
    case 'ConnectionEstablished': {
      const { establishedAt, consentUserId, name, account, requestedRunId } = event.data;
      const data = { name, ...accountIn(account), ...runIn(requestedRunId) };
      return { at: establishedAt, by: consentUserId, data };
    }
    case 'ConnectionReconnectStarted':
      return { at: event.data.startedAt, by: event.data.startedBy };
    case 'ConnectionReconnectLapsed':
      // Nobody does it: time does, or a consent page that was declined.
      return { at: event.data.lapsedAt, by: '' };
    case 'ConnectionReconnected': {
      const { reconnectedAt, consentUserId, account, requestedRunId, revived } = event.data;
      const data = { revived, ...accountIn(account), ...runIn(requestedRunId) };
      return { at: reconnectedAt, by: consentUserId, data };
    }
    case 'ConnectionRenamed':
      return { data: { name: event.data.name } };
    case 'ConnectionOwnerChanged':
      return { data: { ownerUserId: event.data.ownerUserId ?? null } };
    case 'ConnectionSyncRequested': {
      const { requestedAt, requestedBy, requestedRunId } = event.data;
      return { at: requestedAt, by: requestedBy, data: runIn(requestedRunId) };
    }
    case 'ConnectionPaused': {
      const { pausedAt, pausedBy, consentEnded = false } = event.data;
      return { at: pausedAt, by: pausedBy, data: { consentEnded } };
    }
    case 'ConnectionResumed':
      return { at: event.data.resumedAt, by: event.data.resumedBy };
    case 'ConnectionCredentialsRejected':
      return { at: event.data.rejectedAt, by: '' };
    case 'ConnectionDisconnected':
      return { at: event.data.disconnectedAt, by: event.data.disconnectedBy };
    case 'ConnectionDiscarded':
      return undefined;
    default:
      return event satisfies never;
  }
}

const accountIn = (account: Plain<Account> | undefined): ActivityData =>
  account?.label ? { account: account.label } : {};

const runIn = (runId: string): ActivityData => (runId === '' ? {} : { runId });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Systems act too; a history names people only. */
const userIn = (actor: string): string | null => (UUID.test(actor) ? actor : null);
