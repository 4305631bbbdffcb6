import type { ChangeKind, StatusWire } from '@connections/read-model';

import { eventId, type ResumePoint } from './resume-point.js';

/** A change of one connection, with the status that it has now. */
export interface LiveEvent {
  readonly type: 'connection.changed' | 'run.changed';
  readonly point: ResumePoint;
  readonly status: StatusWire;
  /** As server-sent, rendered once for all who listen. */
  readonly frame: string;
}

export function liveEvent(kind: ChangeKind, point: ResumePoint, status: StatusWire): LiveEvent {
  const type = `${kind}.changed` as const;
  return { type, point, status, frame: frameOf(type, point, status) };
}

/** Tells a subscriber to read everything anew: what it missed is no longer known. */
export const resyncFrame = (point: ResumePoint): string => frameOf('resync', point, {});

/** Sets the subscriber's `Last-Event-ID` without telling it anything. */
export const standFrame = (point: ResumePoint): string => `retry: 2000\nid: ${eventId(point)}\n\n`;

function frameOf(type: string, point: ResumePoint, data: object): string {
  return `event: ${type}\nid: ${eventId(point)}\ndata: ${JSON.stringify(data)}\n\n`;
}
