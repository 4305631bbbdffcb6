import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

const HOUR_MS = 3_600_000;

export interface StreamLimits {
  /** An alarm well above what 72 hours bring, not a working limit: a full stream refuses everything. */
  readonly eventsMaxBytes?: number;
  /** How long the stream keeps events; consumers that are further behind read from the owners. */
  readonly eventsMaxAgeMs?: number;
}

type Topology = Partial<StreamConfig> & { readonly name: string };

export const EVENTS = 'EVENTS';
export const PULLS = 'PULLS';
export const EVENTS_MAX_AGE_MS = 72 * HOUR_MS;

export function eventsStream(limits: StreamLimits = {}): Topology {
  return {
    name: EVENTS,
    subjects: ['evt.>'],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_age: nanos(limits.eventsMaxAgeMs ?? EVENTS_MAX_AGE_MS),
    max_bytes: limits.eventsMaxBytes ?? 2 ** 30,
    duplicate_window: nanos(Math.min(120_000, limits.eventsMaxAgeMs ?? 120_000)),
  };
}

export const pullsStream: Topology = {
  name: PULLS,
  subjects: ['pull.>'],
  retention: RetentionPolicy.Workqueue,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_bytes: 2 ** 26,
  duplicate_window: nanos(120_000),
};

/** A stream of our name keeps its messages otherwise than we need. */
export class IncompatibleStream extends Error {
  override readonly name = 'IncompatibleStream';
}

/** The manager without its account probe, which would cost each service's start a round trip. */
export function manager(connection: NatsConnection): Promise<JetStreamManager> {
  return jetstreamManager(connection, { checkAPI: false });
}

/**
 * Creates the stream, or brings its limits up to date. A stream that keeps other subjects, or keeps them otherwise, is
 * not touched: changing that would lose messages. It is refused with
 * {@link IncompatibleStream}.
 */
export async function ensureStream(streams: JetStreamManager['streams'], wanted: Topology): Promise<void> {
  const current = await streams.info(wanted.name).then(
    (info) => info.config,
    (error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
        return undefined;
      throw error;
    },
  );
  if (!current) {
    await streams.add(wanted);
    return;
  }
  for (const property of ['subjects', 'retention', 'storage', 'discard'] as const) {
    if (JSON.stringify(current[property]) !== JSON.stringify(wanted[property])) {
      throw new IncompatibleStream(
        `stream ${wanted.name} has ${property} ${JSON.stringify(current[property])} where ` +
          `${JSON.stringify(wanted[property])} is needed; change it by hand, or remove the stream`,
      );
    }
  }
  const limits = ['max_age', 'max_bytes', 'duplicate_window'] as const;
  if (limits.some((limit) => current[limit] !== wanted[limit])) {
    await streams.update(wanted.name, { ...current, ...wanted });
  }
}
