import type { EventMeta as EventMetaMessage, Plain } from '@connections/contracts';

/** Who asks, and as which attempt. Travels in NATS headers; in a policy it is derived from the event. */
export interface CommandContext {
  /** Repeating a command under the same id yields the stored answer, never a second effect. */
  readonly commandId: string;
  readonly workspaceId: string;
  /** `user:<id>` or `system:<service>` */
  readonly actor: string;
  /** Id of the event or command that led to this one. */
  readonly causationId?: string;
  /** Id that everything which follows from one request has in common. */
  readonly correlationId?: string;
  /** Name of the RPC method; set by the RPC server, part of the key under which the answer is stored. */
  readonly method?: string;
}

/** Stored with every event: whose work it was, why, and in which trace. */
export type EventMeta = Plain<EventMetaMessage>;
