import type { Cursor } from '@connections/event-store';
import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type ConsumerInfo,
  type ConsumerMessages,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

import { EVENTS } from '../topology.js';
import type { PolicyOptions } from './policy.decorator.js';

/** Long, because nobody takes over by it: the next holder of the lock makes the durable anew. */
const ACK_WAIT_MS = 120_000;
/** Messages under way to the one consumer: enough to keep it busy, few enough to be handled within the ack wait. */
const IN_FLIGHT = 32;
/** Start times are the broker's clock and ours: they may differ. */
export const CLOCK_OVERLAP_MS = 300_000;

/** `<service>_<policy>_<group>` */
export function durableName(service: string, policy: string, group: number): string {
  return `${service}_${policy}_${group}`.replaceAll(/[^\w-]/g, '_');
}

/**
 * Makes the group's durable, starting behind the cursor. Without a message to trust it starts at the time of the last
 * one, with overlap: what comes twice is known by its version.
 */
export async function recreateDurable(
  jsm: JetStreamManager,
  service: string,
  policy: PolicyOptions,
  group: number,
  cursor: Cursor,
): Promise<ConsumerInfo> {
  const name = durableName(service, policy.name, group);
  await jsm.consumers.delete(EVENTS, name).catch((error: unknown) => {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.ConsumerNotFound)
      throw error;
  });
  const start =
    cursor.sequence > 0
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: cursor.sequence + 1 }
      : {
          deliver_policy: DeliverPolicy.StartTime,
          opt_start_time: new Date(cursor.messageAt.getTime() - CLOCK_OVERLAP_MS).toISOString(),
        };
  return jsm.consumers.add(EVENTS, {
    durable_name: name,
    filter_subject: `evt.${policy.on}.${group}`,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_deliver: -1,
    max_ack_pending: IN_FLIGHT,
    ...start,
  });
}

export async function deliver(jsm: JetStreamManager, durable: ConsumerInfo): Promise<ConsumerMessages> {
  const consumer = jsm.jetstream().consumers.getConsumerFromInfo(durable);
  return consumer.consume({ max_messages: IN_FLIGHT, expires: 30_000, abort_on_missing_resource: true });
}
