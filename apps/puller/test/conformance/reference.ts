import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';

type Held = ReadonlyMap<string, { readonly data: unknown; readonly deleted: boolean }>;

/** What an undisturbed puller holds of each stream; whatever happens to another one, it holds the same in the end. */
export class Reference {
  private readonly streams = new Map<string, Held>();

  constructor(
    private readonly house: () => House,
    private readonly connector: ConnectorCase,
  ) {}

  /** Reads every stream with nothing in the way. */
  async take(): Promise<void> {
    const names = Object.keys(this.connector.streams);
    const connection = await this.house().connection(this.connector.type);
    const ended = await this.house().run(connection, names);
    for (const name of names) {
      expect([name, ended[name]]).toEqual([name, expect.objectContaining({ state: 'done', mode: 'full' })]);
      this.streams.set(name, await this.held(connection.connectionId, name));
    }
  }

  of(stream: string): Held {
    return this.streams.get(stream)!;
  }

  /** The connection holds exactly these records: each once, none missing, none of another content. */
  async expectAll(connectionId: string, streams: readonly string[] = [this.connector.paged]): Promise<void> {
    for (const stream of streams) {
      const held = await this.held(connectionId, stream);
      // Of a moment there is one record a day, and the day may have changed meanwhile.
      if (this.connector.streams[stream]!.snapshot) {
        expect([stream, held.size]).not.toEqual([stream, 0]);
        continue;
      }
      expect([stream, [...held.keys()].sort()]).toEqual([stream, [...this.of(stream).keys()].sort()]);
      expect(held).toEqual(this.of(stream));
    }
  }

  private async held(connectionId: string, stream: string): Promise<Held> {
    const records = await this.house().all(connectionId, stream);
    const held = new Map(
      records.map(({ externalId, data, deletedAt }) => [externalId, { data, deleted: Boolean(deletedAt) }]),
    );
    expect([stream, held.size]).toEqual([stream, records.length]);
    return held;
  }
}
