import { type Collection, type RowState } from '../data/collection.js';
import { Fields, seedOf } from '../data/random.js';
import { type ProviderState } from './provider-state.js';

/** One row while it is being rendered. */
export interface Row {
  readonly index: number;
  readonly state: RowState;
  readonly fields: Fields;
  readonly account: Account;
}

/** One account of a provider and its rows. */
export class Account {
  constructor(
    readonly id: string,
    private readonly provider: ProviderState,
  ) {}

  collection(stream: string): Collection {
    return this.provider.collection(this.id, stream);
  }

  row(stream: string, index: number): Row {
    const seed = seedOf(this.provider.provider.type, this.id, stream);
    const state = this.collection(stream).state(index)!;
    return { index, state, fields: new Fields(seed, index), account: this };
  }

  /** Live rows in the order of their ids, newest first when descending. */
  *rows(stream: string, descending = false): Generator<Row> {
    for (const index of this.collection(stream).byId(descending ? Infinity : 0, descending)) {
      yield this.row(stream, index);
    }
  }

  /** Some row of another stream, or undefined where that stream is empty. */
  reference(stream: string, fields: Fields, field: number): Row | undefined {
    const { size } = this.collection(stream);
    return size === 0 ? undefined : this.row(stream, fields.int(field, size));
  }
}

/** A text that shows how often its row was changed. */
export function revised(text: string, { state }: Row): string {
  return state.version === 0 ? text : `${text} (rev ${state.version})`;
}

/** Whole seconds, `2026-06-12T18:04:11Z`. */
export const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
