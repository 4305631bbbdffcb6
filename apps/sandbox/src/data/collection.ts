import { hash } from './random.js';
import { type Timeline } from './timeline.js';

/** What happened to a row since it was generated. */
export interface RowState {
  /** Counts the changes made to the row; 0 for one as generated. Rows render it into their content. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Epoch milliseconds of the deletion, or null. */
  readonly deletedAt: number | null;
}

/** Rows modified in [since, until), epoch milliseconds; an absent bound is open. */
export interface Window {
  since?: number;
  until?: number;
}

/**
 * The rows of one stream of one account, as indexes. Untouched rows exist only as the number `size`; memory is
 * held for rows that were touched, created or deleted since. Two orders matter to every provider: by id (the
 * order of the indexes) and by modification time (untouched rows in index order, then the changed ones, whose
 * times are all later).
 */
export class Collection {
  /** Creation times of the rows added since, by index - size. */
  private readonly births: number[] = [];
  private touches = 0;
  private readonly changed = new Map<number, RowState>();
  private readonly deleted = new Map<number, RowState>();
  private changedOrder: number[] = [];

  /**
   * @param size rows generated, indexes 0 to size - 1
   * @param graves rows that were deleted before the account was first read: indexes -graves to -1
   */
  constructor(
    readonly size: number,
    readonly timeline: Timeline,
    readonly graves: number = 0,
  ) {}

  /** One past the highest index. */
  get end(): number {
    return this.size + this.births.length;
  }

  get liveCount(): number {
    return this.end - this.deleted.size;
  }

  isLive(index: number): boolean {
    return index >= 0 && index < this.end && !this.deleted.has(index);
  }

  /** The state of any row, deleted ones included; undefined when there never was such a row. */
  state(index: number): RowState | undefined {
    if (!(index >= -this.graves && index < this.end)) return undefined;
    const moved = this.deleted.get(index) ?? this.changed.get(index);
    if (moved) return moved;
    const createdAt = this.timeline.at(index);
    return { version: 0, createdAt, modifiedAt: createdAt, deletedAt: index < 0 ? createdAt : null };
  }

  /** Changes `n` live rows, spread over the whole stream, as of `now`. Returns their indexes. */
  touch(n: number, now: number): number[] {
    const indexes = this.spread(n);
    for (const index of indexes) {
      const { version, createdAt } = this.state(index)!;
      this.changed.set(index, { version: version + 1, createdAt, modifiedAt: now, deletedAt: null });
    }
    this.sortChanged();
    return indexes;
  }

  /** Adds `n` rows as of `now`. Returns their indexes. */
  create(n: number, now: number): number[] {
    const indexes = Array.from({ length: n }, (_, offset) => this.end + offset);
    for (const index of indexes) {
      this.births.push(now);
      this.changed.set(index, { version: 0, createdAt: now, modifiedAt: now, deletedAt: null });
    }
    this.sortChanged();
    return indexes;
  }

  /** Deletes `n` live rows as of `now`. Returns their indexes. */
  delete(n: number, now: number): number[] {
    const indexes = this.spread(n);
    for (const index of indexes) {
      const { version, createdAt } = this.state(index)!;
      this.changed.delete(index);
      this.deleted.set(index, { version, createdAt, modifiedAt: now, deletedAt: now });
    }
    this.sortChanged();
    return indexes;
  }

  /** Live rows by id, from index `from` onwards (downwards when descending). */
  *byId(from: number, descending = false): Generator<number> {
    if (descending) {
      for (let i = Math.min(from, this.end - 1); i >= 0; i--) if (!this.deleted.has(i)) yield i;
    } else {
      for (let i = Math.max(from, 0); i < this.end; i++) if (!this.deleted.has(i)) yield i;
    }
  }

  /** Deleted rows by id, those deleted before the first read included. */
  deletedRows(): number[] {
    const before = Array.from({ length: this.graves }, (_, offset) => offset - this.graves);
    return [...before, ...[...this.deleted.keys()].sort((a, b) => a - b)];
  }

  /** The generated rows of a window as a range [from, to); those of `movedWithin` it are not there any more. */
  range(window: Window): [from: number, to: number] {
    const from = window.since === undefined ? 0 : this.timeline.firstAtOrAfter(window.since, this.size);
    const to = window.until === undefined ? this.size : this.timeline.firstAtOrAfter(window.until, this.size);
    return [from, Math.max(from, to)];
  }

  /** True for a row that is no longer where the generator put it. */
  isMoved(index: number): boolean {
    return this.changed.has(index) || this.deleted.has(index);
  }

  /** Rows that were touched or created within the window, by time, then id. */
  changedIn(window: Window): number[] {
    const { since = -Infinity, until = Infinity } = window;
    return this.changedOrder.filter((index) => {
      const at = this.changed.get(index)!.modifiedAt;
      return at >= since && at < until;
    });
  }

  /** Live rows of a window by modification time, then id. */
  *byModified(window: Window, descending = false): Generator<number> {
    const [from, to] = this.range(window);
    const changed = this.changedIn(window);
    if (descending) {
      for (let i = changed.length - 1; i >= 0; i--) yield changed[i]!;
      for (let i = to - 1; i >= from; i--) if (!this.isMoved(i)) yield i;
    } else {
      for (let i = from; i < to; i++) if (!this.isMoved(i)) yield i;
      yield* changed;
    }
  }

  /** How many live rows were modified within the window. */
  count(window: Window): number {
    const [from, to] = this.range(window);
    return to - from - this.movedWithin(from, to).length + this.changedIn(window).length;
  }

  /** The changed and deleted rows with an index in [from, to). */
  movedWithin(from: number, to: number): number[] {
    return [...this.changed.keys(), ...this.deleted.keys()].filter((index) => index >= from && index < to);
  }

  private spread(n: number): number[] {
    const wanted = Math.min(n, this.liveCount);
    const chosen = new Set<number>();
    this.touches++;
    // A stride that leaves no row out, begun at another place each time, so that repeated calls differ.
    const stride = Math.max(1, Math.floor(this.end / Math.max(1, wanted)));
    const start = hash(this.touches, 0, 0) % Math.max(1, this.end);
    for (let step = 0; step < this.end && chosen.size < wanted; step++) {
      const index = (start + step * stride) % this.end;
      if (!this.deleted.has(index)) chosen.add(index);
    }
    // The stride may come back to rows already chosen: fill up from the start.
    for (let index = 0; chosen.size < wanted; index++) if (!this.deleted.has(index)) chosen.add(index);
    return [...chosen];
  }

  private sortChanged(): void {
    this.changedOrder = [...this.changed.keys()].sort(
      (a, b) => this.changed.get(a)!.modifiedAt - this.changed.get(b)!.modifiedAt || a - b,
    );
  }
}
