import type { Mark, Outbox } from '@connections/event-store';
import type { JetStreamManager } from '@nats-io/jetstream';

import { EVENTS } from '../topology.js';

const PAGE = 100;

/** What the stream holds at a sequence: the expected event, nothing because it has expired, or something else. */
export type ReadBack = 'matches' | 'expired' | 'lost';

/** Reads a message back by its sequence and compares its id. `keptSince`: the stream drops what is older. */
export async function readBack(
  streams: JetStreamManager['streams'],
  place: { readonly sequence: number; readonly eventId: string; readonly storedAt: Date },
  keptSince: Date,
): Promise<ReadBack> {
  const message = await streams.getMessage(EVENTS, { seq: place.sequence });
  if (message?.header.get('Nats-Msg-Id') === place.eventId) return 'matches';
  // Whatever stands there now, the stream would have dropped ours by itself.
  return place.storedAt < keptSince ? 'expired' : 'lost';
}

/**
 * The newest mark that the stream still holds, or that has expired there: what came before it is not the relay's to
 * refill. Falls back on the oldest mark there is.
 */
export async function newestTrustedMark(
  outbox: Outbox,
  streams: JetStreamManager['streams'],
  keptSince: Date,
): Promise<{ mark: Mark; newest: boolean }> {
  let oldest: Mark | undefined;
  let newest = true;
  for (;;) {
    const marks = await outbox.marks(PAGE, oldest?.number);
    for (const mark of marks) {
      oldest = mark;
      if (mark.event_id === null) return { mark, newest };
      const place = { sequence: mark.sequence, eventId: mark.event_id, storedAt: mark.marked_at };
      if ((await readBack(streams, place, keptSince)) !== 'lost') return { mark, newest };
      newest = false;
    }
    if (marks.length < PAGE) break;
  }
  if (!oldest) throw new Error('relay_mark is empty: its baseline row was removed');
  return { mark: oldest, newest: false };
}
