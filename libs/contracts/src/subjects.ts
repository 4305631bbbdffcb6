/** Aggregates are spread over this many subjects, each consumed in order by one process at a time. */
export const EVENT_GROUPS = 8;

/** FNV-1a over the stream's name: stable across processes and releases, since durables depend on it. */
export function eventGroup(stream: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < stream.length; i++) {
    hash ^= stream.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash % EVENT_GROUPS;
}

/** `evt.<service>.<aggregate>.<group>` */
export function eventSubject(service: string, aggregate: string, stream: string): string {
  return `evt.${service}.${aggregate}.${eventGroup(stream)}`;
}

/** `pull.<category>.now` for incremental work, `.bulk` for first full reads. */
export function pullSubject(category: string, lane: 'now' | 'bulk'): string {
  return `pull.${category}.${lane}`;
}

export const stopRunSubject = (runId: string): string => `puller.stop.${runId}`;

/** Broadcast when a key is revoked; the gateway drops what it caches of it. */
export const accessRevokedSubject = (keyHash: string): string => `access.revoked.${keyHash}`;

/** Broadcast when a member, an app or a surface of a workspace changes; the gateway drops what it caches of it. */
export const accessChangedSubject = (workspaceId: string): string => `access.changed.${workspaceId}`;

/** Broadcast once a change of a workspace's views is committed: subscribers look at once. */
export const changedSubject = (workspaceId: string): string => `projection.changed.${workspaceId}`;

/** Stream name of an aggregate: `<aggregate>-<id>`. */
export const streamName = (aggregate: string, id: string): string => `${aggregate}-${id}`;
