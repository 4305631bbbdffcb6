import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';

import type { Feeds } from '../live/feeds.js';
import type { LiveEvent } from '../live/live-event.js';
import { parseUri } from './resource-uri.js';

/** The live events of one workspace, as the package wants to hear of changes. */
export class ChangeEvents implements ServerEventBus {
  /** `uris` are those that are subscribed to; `onAway` is called when the events cannot be had. */
  constructor(
    private readonly feeds: Feeds,
    private readonly workspaceId: string,
    private readonly uris: readonly string[],
    private readonly onAway: () => void,
  ) {}

  /** Nobody but the feed has anything to tell. */
  publish(): void {}

  subscribe(listener: (event: ServerEvent) => void): () => void {
    const subscribed = this.feeds.subscribe(this.workspaceId, (events) => {
      for (const event of events) for (const change of this.changesOf(event)) listener(change);
    });
    subscribed.catch(this.onAway);
    return () => void subscribed.then(({ unsubscribe }) => unsubscribe()).catch(() => undefined);
  }

  private changesOf({ type, id }: LiveEvent): ServerEvent[] {
    const updated = this.uris.filter((uri) => {
      const named = parseUri(uri);
      if (named && 'id' in named) return named.id === id;
      return named?.kind === 'list' || named?.kind === 'summary';
    });
    return [
      // A connection came, went or was renamed: this much is not told from other changes of it.
      ...(type !== 'run.changed' ? [{ kind: 'resources_list_changed' } as const] : []),
      ...updated.map((uri) => ({ kind: 'resource_updated', uri }) as const),
    ];
  }
}

/** The URIs that a `subscriptions/listen` asks for; none for any other request. */
export function subscribedUris(body: unknown): string[] {
  const { method, params } = (body ?? {}) as {
    method?: unknown;
    params?: { notifications?: { resourceSubscriptions?: unknown } };
  };
  const uris = method === 'subscriptions/listen' ? params?.notifications?.resourceSubscriptions : undefined;
  return Array.isArray(uris) ? uris.filter((uri) => typeof uri === 'string') : [];
}
