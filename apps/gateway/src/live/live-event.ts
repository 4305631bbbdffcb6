import type { ChangeKind, StatusWire } from '@connections/read-model';

import { eventId, type ResumePoint } from './resume-point.js';

/** A change of one connection, with the status that it has now; or that it is there no more. */
export type LiveEvent = {
  readonly point: ResumePoint;
  /** Of the connection. */
  readonly id: string;
  /** As server-sent, rendered once for all who listen. */
  readonly frame: string;
} & (
  | { readonly type: 'connection.changed' | 'run.changed'; readonly status: StatusWire }
  | { readonly type: 'connection.removed' }
);

export function liveEvent(kind: ChangeKind, point: ResumePoint, status: StatusWire): LiveEvent {
  const type = `${kind}.changed` as const;
  return { type, point, id: status.id, status, frame: frameOf(type, point, status) };
}

/** The connection was discarded: there is no status to tell any more. */
export function removedEvent(point: ResumePoint, id: string): LiveEvent {
  const type = 'connection.removed';
  return { type, point, id, frame: frameOf(type, point, { id }) };
}

/** Tells a subscriber to read everything anew: what it missed is no longer known. */
export const resyncFrame = (point: ResumePoint): string => frameOf('resync', point, {});

/** Tells a subscriber that its own rights are others now. It has no id: nothing of the workspace has changed. */
export const accessFrame = 'event: access.changed\ndata: {}\n\n';

/** Sets the subscriber's `Last-Event-ID` without telling it anything. */
export const standFrame = (point: ResumePoint): string => `retry: 2000\nid: ${eventId(point)}\n\n`;

function frameOf(type: string, point: ResumePoint, data: object): string {
  return `event: ${type}\nid: ${eventId(point)}\ndata: ${JSON.stringify(data)}\n\n`;
}
