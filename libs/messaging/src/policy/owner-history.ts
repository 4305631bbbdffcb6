import { EventHistoryService } from '@connections/contracts';
import type { RecordedEvent } from '@connections/event-store';

import type { Bus } from '../bus.js';
import { fromMessage } from '../relay/event-message.js';

const PAGE = 200;
const TIMEOUT_MS = 10_000;

/** Reads an owner's recorded events through its `ReadEvents`: the truth behind what the stream carries. */
export class OwnerHistory {
  constructor(
    private readonly bus: Bus,
    private readonly owner: string,
    private readonly aggregate: string,
  ) {}

  /** One stream's events above a version, page by page. */
  async *stream(stream: string, afterVersion: number): AsyncGenerator<RecordedEvent> {
    for (let after = afterVersion; ;) {
      const events = (await this.read({ stream, afterVersion: after })).events;
      yield* events;
      const last = events.at(-1);
      // The owner answers fewer than asked for where a page would be too large: only an empty one is the end.
      if (!last) return;
      after = last.version;
    }
  }

  /**
   * One page of all the aggregate's events above a position, and the position up to which nothing is missing then.
   */
  async page(afterPosition: number): Promise<{ events: RecordedEvent[]; upTo: number; end: boolean }> {
    const { events, headPosition } = await this.read({ afterPosition });
    const last = events.at(-1);
    return {
      events,
      upTo: last ? last.position : Math.max(afterPosition, headPosition),
      end: !last,
    };
  }

  /** The owner's newest position; what is recorded later is above it. */
  async head(): Promise<number> {
    const { headPosition } = await this.read({ afterPosition: Number.MAX_SAFE_INTEGER });
    return headPosition;
  }

  private async read(where: { stream?: string; afterVersion?: number; afterPosition?: number }) {
    const answer = await this.bus.call(
      `rpc.${this.owner}.ReadEvents`,
      EventHistoryService.method.readEvents,
      {
        stream: where.stream,
        aggregate: this.aggregate,
        afterVersion: where.afterVersion ?? 0,
        afterPosition: where.afterPosition ?? 0,
        limit: PAGE,
      },
      { timeoutMs: TIMEOUT_MS },
    );
    return { events: answer.events.map(fromMessage), headPosition: answer.headPosition };
  }
}
