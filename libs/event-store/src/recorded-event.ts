import type { DomainEvent } from '@connections/event-sourcing';

import type { EventMeta } from './command-context.js';

/** Where and when an event was recorded. */
export interface EventEnvelope {
  /** UUID; the `Nats-Msg-Id` of its message. */
  readonly id: string;
  /** Order of recording within the service; not gapless. */
  readonly position: number;
  /** `<aggregate>-<id>` */
  readonly stream: string;
  readonly aggregateId: string;
  /** 1 for the first event of its stream, without gaps. */
  readonly version: number;
  readonly schemaVersion: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly recordedAt: string;
  readonly meta: EventMeta;
}

/** Distributes over a union of events, so that `switch (event.type)` narrows `event.data`. */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = Event extends DomainEvent
  ? Event & EventEnvelope
  : never;

/** `connection-<id>` → `<id>`; aggregates are snake_case, so the first dash ends the name. */
export function aggregateIdOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** `connection-<id>` → `connection` */
export function aggregateOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}
