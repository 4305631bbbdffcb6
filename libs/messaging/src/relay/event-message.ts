import { encode, decode, EventSchema, eventSchema, eventSubject } from '@connections/contracts';
import type { DomainEvent } from '@connections/event-sourcing';
import { aggregateIdOf, aggregateOf, type RecordedEvent } from '@connections/event-store';
import type { JsonObject } from '@bufbuild/protobuf';

/** The event in its envelope, as it travels through JetStream and in `ReadEvents`. */
export function toMessage(event: RecordedEvent): JsonObject {
  const { id, position, stream, version, type, schemaVersion, recordedAt, data, meta } = event;
  const envelope = { id, position, stream, version, type, schemaVersion, recordedAt, meta };
  return encode(EventSchema, { ...envelope, data: data as JsonObject });
}

export function subjectOf(service: string, event: RecordedEvent): string {
  return eventSubject(service, aggregateOf(event.stream), event.stream);
}

/** An envelope whose `data` is not looked into yet. Throws when it is none. */
export function fromMessage(json: unknown): RecordedEvent {
  const envelope = decode(EventSchema, json);
  if (!envelope.id || !envelope.stream || !envelope.version || !envelope.meta) {
    throw new Error('message is not an event');
  }
  return { ...envelope, aggregateId: aggregateIdOf(envelope.stream) } as unknown as RecordedEvent;
}

/**
 * Reads `data` through its message. Undefined for a type that this build does not know: it has no behaviour for it.
 * Throws when the data does not fit its message.
 */
export function withData(event: RecordedEvent): RecordedEvent<DomainEvent> | undefined {
  const schema = eventSchema(event.type);
  if (!schema) return undefined;
  return { ...event, data: decode(schema, event.data) };
}
