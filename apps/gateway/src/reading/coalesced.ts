interface Waiting<Value> {
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers many callers with a few queries at a time: each caller's answer comes from a query that began after it asked,
 * and all who ask while as many are under way share the next. So what it tells is never older than the question.
 */
export class Coalesced<Key, Value> {
  private waiting = new Map<Key, Waiting<Value>[]>();
  private running = 0;

  constructor(
    private readonly query: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>,
    /** Queries under way at a time. */
    private readonly atOnce = 1,
  ) {}

  /** Undefined where the query knows nothing of the key; rejects with the query's error. */
  get(key: Key): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      const others = this.waiting.get(key);
      if (others) others.push({ resolve, reject });
      else this.waiting.set(key, [{ resolve, reject }]);
      if (this.running < this.atOnce) {
        this.running++;
        // After the other requests of this turn of the event loop.
        setImmediate(() => void this.run());
      }
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.size > 0) {
      const batch = this.waiting;
      this.waiting = new Map();
      try {
        const values = await this.query([...batch.keys()]);
        for (const [key, callers] of batch) for (const { resolve } of callers) resolve(values.get(key));
      } catch (error) {
        for (const callers of batch.values()) for (const { reject } of callers) reject(error);
      }
    }
    this.running--;
  }
}
