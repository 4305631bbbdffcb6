import { type Collection, type RowState } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import { type ProviderState } from '../provider-state.js';

/** One row while it is being rendered. */
export interface Row {
  readonly index: number;
  readonly state: RowState;
  readonly fields: Fields;
  readonly company: Company;
}

/** One account of Pipedrive and its rows. */
export class Company {
  private readonly seeds = new Map<string, number>();

  constructor(
    readonly id: string,
    private readonly provider: ProviderState,
  ) {}

  collection(stream: string): Collection {
    return this.provider.collection(this.id, stream);
  }

  row(stream: string, index: number): Row {
    let seed = this.seeds.get(stream);
    if (seed === undefined) this.seeds.set(stream, (seed = seedOf('pipedrive', this.id, stream)));
    const state = this.collection(stream).state(index)!;
    return { index, state, fields: new Fields(seed, index), company: this };
  }

  /** The id of some row of another stream, or null where that stream is empty. */
  reference(stream: string, fields: Fields, field: number): number | null {
    const { size } = this.collection(stream);
    return size === 0 ? null : firstIds[stream]! + fields.int(field, size);
  }
}

/** Ids of the rows 0; the others follow. */
export const firstIds: Readonly<Record<string, number>> = {
  users: 15_001,
  pipelines: 1,
  stages: 1,
  organizations: 301,
  persons: 501,
  deals: 101,
  deals_archived: 50_000_001,
  products: 7_001,
  notes: 31,
};

/** Whole seconds, as v2 writes them. */
export const v2Time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
/** UTC without a zone, as v1 writes most times. */
export const v1Time = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
export const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A title that shows how often its row was changed. */
export function revised(text: string, { state }: Row): string {
  return state.version === 0 ? text : `${text} (rev ${state.version})`;
}
