import { type Collection, type RowState } from '../../../data/collection.js';
import { Fields, seedOf } from '../../../data/random.js';
import { type ProviderState } from '../../provider-state.js';

/** One CRM row while it is being rendered. */
export interface ObjectRow {
  readonly id: string;
  readonly index: number;
  readonly state: RowState;
  readonly fields: Fields;
  readonly portal: Portal;
}

/** Every property value is a text or null, numbers and booleans included. */
export type Property = (row: ObjectRow) => string | null;

export interface ObjectType {
  readonly name: string;
  /** The id that may stand for the name in a path, such as `0-1`. */
  readonly typeId: string;
  /** Scopes that a token must have, all of them. */
  readonly scopes: readonly string[];
  /** Id of row 0; the others follow. Chosen so that ids of several lengths occur and text order shows. */
  readonly firstId: number;
  /** The property that holds the time of the last change. */
  readonly modifiedProperty: string;
  /** What a row carries when no properties are named. */
  readonly defaults: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
  /** Streams that rows may be associated with. */
  readonly associations: readonly string[];
}

/** One account of HubSpot and its rows. */
export class Portal {
  private readonly seeds = new Map<string, number>();

  constructor(
    readonly id: string,
    private readonly state: ProviderState,
  ) {}

  collection(stream: string): Collection {
    return this.state.collection(this.id, stream);
  }

  /** The row at an index, deleted or not; undefined when there is none. */
  row(type: ObjectType, index: number): ObjectRow | undefined {
    const state = this.collection(type.name).state(index);
    if (!state) return undefined;
    return {
      id: String(type.firstId + index),
      index,
      state,
      fields: this.fields(type.name, index),
      portal: this,
    };
  }

  fields(stream: string, index: number): Fields {
    let seed = this.seeds.get(stream);
    if (seed === undefined) this.seeds.set(stream, (seed = seedOf('hubspot', this.id, stream)));
    return new Fields(seed, index);
  }
}

export const time = (ms: number): string => new Date(ms).toISOString();

/** The properties that every object type has; `modified` names the one that holds the last change. */
export function commonProperties(modified: string, created: string): Record<string, Property> {
  return {
    hs_object_id: (row) => row.id,
    [created]: (row) => time(row.state.createdAt),
    [modified]: (row) => time(row.state.modifiedAt),
    hubspot_owner_id: ({ fields, portal }) => {
      const owners = portal.collection('owners').size;
      return owners === 0 || fields.chance(90, 15) ? null : String(firstOwnerId + fields.int(91, owners));
    },
  };
}

export const firstOwnerId = 71_001;

/** A title that shows how often its row was changed. */
export function revised(text: string, { state }: ObjectRow): string {
  return state.version === 0 ? text : `${text} (rev ${state.version})`;
}
