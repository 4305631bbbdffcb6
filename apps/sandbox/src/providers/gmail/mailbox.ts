import { type Collection, type RowState } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import { type ProviderState } from '../provider-state.js';

/** Messages of one thread. */
const PER_THREAD = 3;
const sources = ['messages', 'trashed'] as const;
export type Source = (typeof sources)[number];

/** One message, wherever it lies. */
export interface Message {
  readonly source: Source;
  readonly index: number;
  readonly state: RowState;
}

/** Where the message with this id would be. */
function placeOf(id: string): [source: Source | undefined, index: number] {
  const [, code, hex] = /^18([0-9a-f])([0-9a-f]{13})$/.exec(id) ?? [];
  return [sources[Number.parseInt(code ?? '', 16)], Number.parseInt(hex ?? '', 16)];
}

/** One mailbox: its messages, the threads they make, its labels, and what happened since. */
export class Mailbox {
  constructor(
    readonly account: string,
    private readonly provider: ProviderState,
  ) {}

  get address(): string {
    return `User.${this.account}@example.test`;
  }

  collection(stream: string): Collection {
    return this.provider.collection(this.account, stream);
  }

  fields(stream: string, index: number): Fields {
    return new Fields(seedOf('gmail', this.account, stream), index);
  }

  expiredUpTo(): number {
    return this.provider.cutoff('expire_cursors', this.account);
  }

  /** Live messages, newest first. */
  messages(): Message[] {
    return sources
      .flatMap((source) => [...this.collection(source).byId(0)].map((index) => this.message(source, index)!))
      .sort((one, other) => other.state.createdAt - one.state.createdAt || other.index - one.index);
  }

  message(source: Source, index: number): Message | undefined {
    const state = this.collection(source).state(index);
    return state && { source, index, state };
  }

  /** The live message with this id. */
  byId(id: string): Message | undefined {
    const [source, index] = placeOf(id);
    return source && this.collection(source).isLive(index) ? this.message(source, index) : undefined;
  }

  /** Messages of the row `trashed` begin in the bin, and leave and enter it whenever they are touched. */
  isThrownAway = ({ source, state }: Message): boolean => source === 'trashed' && state.version % 2 === 0;

  /** Live messages of a thread, oldest first. */
  inThread(threadId: string): Message[] {
    const [source, first] = placeOf(threadId);
    if (!source || first % PER_THREAD !== 0) return [];
    return Array.from({ length: PER_THREAD }, (_, offset) => first + offset)
      .filter((index) => this.collection(source).isLive(index))
      .map((index) => this.message(source, index)!);
  }

  id = ({ source, index }: Message): string =>
    `18${sources.indexOf(source).toString(16)}${index.toString(16).padStart(13, '0')}`;

  /** A thread's id is that of its first message. */
  threadId = ({ source, index, state }: Message): string =>
    this.id({ source, index: index - (index % PER_THREAD), state });

  /** Larger than a double holds, never twice: the instant, then the row. */
  historyId = ({ source, index, state }: Message): bigint =>
    BigInt(state.deletedAt ?? state.modifiedAt) * 100_000n +
    BigInt((sources.indexOf(source) * 50_000 + index) % 100_000);

  /** The mailbox's newest id; after an expiry one that is good again. */
  newestHistoryId(): bigint {
    return sources
      .flatMap((source) => this.everChanged(source))
      .map(this.historyId)
      .reduce((one, other) => (other > one ? other : one), this.oldestHistoryId() + 1n);
  }

  /** What came at this id or before is forgotten. */
  oldestHistoryId = (): bigint => BigInt(this.expiredUpTo()) * 100_000n;

  /** What changed after an id, oldest first, deleted messages included. */
  since(historyId: bigint): Message[] {
    return sources
      .flatMap((source) => this.everChanged(source))
      .filter((message) => this.historyId(message) > historyId)
      .sort((one, other) => (this.historyId(one) < this.historyId(other) ? -1 : 1));
  }

  private everChanged(source: Source): Message[] {
    const rows = this.collection(source);
    const last = rows.size > 0 ? [rows.size - 1] : [];
    return [...new Set([...last, ...rows.changedIn({}), ...rows.deletedRows()])].map((index) =>
      this.message(source, index)!,
    );
  }
}
