export interface Answer {
  readonly bytes: Buffer;
  /** Strong entity tag of the bytes, quotes included. */
  readonly etag: string;
  /** The workspace's version that it shows, or an earlier name for a newer content. */
  readonly version: string;
  /** Epoch milliseconds from which on the clock alone has made it untrue. */
  readonly staleAt: number;
}

/** Rendered answers, the least recently used dropped first; bounded by bytes, for lists are long and statuses short. */
export class AnswerCache {
  private readonly answers = new Map<string, Answer>();
  private size = 0;

  constructor(private readonly mostBytes = 64 * 1024 * 1024) {}

  get(key: string): Answer | undefined {
    const answer = this.answers.get(key);
    if (!answer) return undefined;
    this.answers.delete(key);
    this.answers.set(key, answer);
    return answer;
  }

  put(key: string, answer: Answer): void {
    this.drop(key);
    this.answers.set(key, answer);
    this.size += weight(key, answer);
    for (const oldest of this.answers.keys()) {
      if (this.size <= this.mostBytes) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const answer = this.answers.get(key);
    if (!answer) return;
    this.answers.delete(key);
    this.size -= weight(key, answer);
  }
}

const weight = (key: string, { bytes }: Answer) => bytes.length + key.length + 200;
