import { ApiError } from '../api/errors';
import { readEvents } from './event-source';
import type { LiveEventType, LiveMessage, LiveState } from './messages';

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 15_000;

export interface StreamListener {
  onEvent(type: LiveEventType, data: unknown): void;
  onState(state: LiveState): void;
  /** Nobody is signed in any more. */
  onSignedOut(): void;
}

/**
 * The live events of one caller in this browser: the tab that holds the lock reads the one stream and tells the others, which
 * take over when it closes. HTTP/1.1 allows six connections to a host, so a stream each would starve the seventh tab.
 */
export class SharedStream {
  private readonly channel: BroadcastChannel;
  private readonly ended = new AbortController();
  private lastId: string | undefined;
  private state: LiveState = { name: 'connecting', since: Date.now() };
  private leads = false;

  /** `scope`: the same for all tabs of one caller in one workspace, and for no others. */
  constructor(
    private readonly scope: string,
    private readonly listener: StreamListener,
  ) {
    this.channel = new BroadcastChannel(`live ${scope}`);
    this.channel.onmessage = ({ data }: MessageEvent<LiveMessage>) => this.hear(data);
  }

  start(): void {
    this.channel.postMessage({ kind: 'hello' } satisfies LiveMessage);
    navigator.locks
      .request(`live ${this.scope}`, { signal: this.ended.signal }, () => this.lead())
      .catch(() => undefined); // ended while waiting for its turn
  }

  end(): void {
    this.ended.abort();
    this.channel.close();
  }

  /** Does not wait any longer before it tries again: the network is back, or somebody signed in. */
  wake: () => void = () => undefined;

  private hear(message: LiveMessage): void {
    if (message.kind === 'hello') {
      if (this.leads) this.post({ kind: 'state', state: this.state });
      return;
    }
    this.take(message);
  }

  private take(message: LiveMessage): void {
    if (message.kind === 'state') {
      this.state = message.state;
      this.listener.onState(message.state);
    } else if (message.kind === 'event') {
      this.lastId = message.id || this.lastId;
      if (message.type) this.listener.onEvent(message.type, message.data);
    }
  }

  /** Here and in all other tabs. */
  private tell(message: LiveMessage): void {
    this.post(message);
    this.take(message);
  }

  private post(message: LiveMessage): void {
    if (!this.ended.signal.aborted) this.channel.postMessage(message);
  }

  private async lead(): Promise<void> {
    this.leads = true;
    let failures = 0;
    const { signal } = this.ended;
    while (!signal.aborted) {
      let wait = 0;
      // Some tab has heard the stream before, yet no event that could say from where on: what came between is not known.
      const missed = this.lastId === undefined && this.state.name !== 'connecting';
      try {
        await readEvents(
          this.lastId,
          signal,
          () => {
            failures = 0;
            this.tell({ kind: 'state', state: { name: 'live', since: Date.now() } });
            if (missed) this.tell({ kind: 'event', type: 'resync', id: '', data: null });
          },
          ({ event, data, id }) => this.tellEvent(event, data, id),
        );
      } catch (error) {
        if (signal.aborted) return;
        wait = error instanceof ApiError ? this.refused(error) : 0;
      }
      if (signal.aborted) return;
      if (this.state.name === 'live')
        this.tell({ kind: 'state', state: { name: 'reconnecting', since: Date.now() } });
      failures += 1;
      const backoff = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), MAX_WAIT_MS);
      await this.pause(Math.max(wait, backoff * (0.5 + Math.random() / 2)));
    }
  }

  private tellEvent(type = '', data: string, id = ''): void {
    this.tell({ kind: 'event', type: type as LiveEventType, id, data: data ? JSON.parse(data) : null });
  }

  /** How many milliseconds to wait after a refusal. */
  private refused({ status, retryAfterS }: ApiError): number {
    if (status === 401) this.listener.onSignedOut();
    if (status === 401 || status === 403 || status === 404) {
      this.tell({ kind: 'state', state: { name: 'refused', since: Date.now() } });
      return MAX_WAIT_MS;
    }
    return (retryAfterS ?? 0) * 1000;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.ended.signal.addEventListener('abort', this.wake, { once: true });
    });
  }
}
