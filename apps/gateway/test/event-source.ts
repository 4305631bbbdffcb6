import { eventually } from '@connections/testing';

export interface Received {
  readonly event: string;
  readonly id: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
}

/** A client of server-sent events that keeps what it hears. */
export class EventSourceClient {
  readonly events: Received[] = [];
  lastEventId = '';
  ended = false;
  private readonly abort = new AbortController();

  private constructor(readonly response: Response) {}

  static async open(url: string, headers: Record<string, string>): Promise<EventSourceClient> {
    const abort = new AbortController();
    const client = new EventSourceClient(await fetch(url, { headers, signal: abort.signal }));
    client.abort.signal.addEventListener('abort', () => abort.abort());
    void client.read();
    return client;
  }

  /** The first event that is so, once it has come. */
  async heard(matches: (event: Received) => boolean): Promise<Received> {
    const found = await eventually(async () => this.events.find(matches) ?? null, { timeoutMs: 15_000 });
    return found as Received;
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      const decoder = new TextDecoder();
      for await (const chunk of this.response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } catch {
      // dropped, or closed by ourselves
    } finally {
      this.ended = true;
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data !== undefined) {
      this.events.push({
        event: fields.get('event') ?? 'message',
        id: this.lastEventId,
        data: JSON.parse(data),
      });
    }
  }
}
