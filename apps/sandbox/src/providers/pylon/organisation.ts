import { type Collection, type RowState } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import { type ProviderState } from '../provider-state.js';

export interface Row {
  readonly index: number;
  readonly state: RowState;
  readonly fields: Fields;
  readonly organisation: Organisation;
}

/** One account of Pylon and its rows. */
export class Organisation {
  constructor(
    readonly id: string,
    private readonly provider: ProviderState,
  ) {}

  collection(stream: string): Collection {
    return this.provider.collection(this.id, stream);
  }

  row(stream: string, index: number): Row {
    const fields = new Fields(seedOf('pylon', this.id, stream), index);
    return { index, state: this.collection(stream).state(index)!, fields, organisation: this };
  }

  /** The id of some row of another stream, or null where that stream is empty. */
  reference(stream: string, fields: Fields, field: number): { id: string } | null {
    const { size } = this.collection(stream);
    return size === 0 ? null : { id: idOf(stream, fields.int(field, size)) };
  }

  /** Messages of an issue, deleted ones included: they are dealt out to the issues in turn. */
  *messagesOf(issue: number): Generator<number> {
    const { size } = this.collection('issues');
    if (issue >= size) return;
    const { end } = this.collection('issue_messages');
    for (let index = issue; index < end; index += size) yield index;
  }

  /** An issue moves when it, or one of its messages, does. Epoch milliseconds. */
  issueUpdatedAt(issue: number): number {
    let at = this.collection('issues').state(issue)!.modifiedAt;
    const messages = this.collection('issue_messages');
    for (const index of this.messagesOf(issue)) {
      if (messages.isMoved(index)) at = Math.max(at, messages.state(index)!.modifiedAt);
    }
    return at;
  }
}

const prefixes: Readonly<Record<string, string>> = {
  issues: 'iss',
  issue_messages: 'msg',
  accounts: 'acc',
  contacts: 'con',
  users: 'usr',
  teams: 'team',
  tags: 'tag',
};

export const idOf = (stream: string, index: number): string =>
  `${prefixes[stream]!}_${String(index).padStart(6, '0')}`;

/** The index inside an id of `stream`; NaN for anything else. */
export function indexOf(stream: string, id: string): number {
  const [prefix, digits = ''] = id.split('_');
  return prefix === prefixes[stream] && /^\d{6,9}$/.test(digits) ? Number(digits) : NaN;
}

/** Pylon writes whole seconds. */
export const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A text that shows how often its row was changed. */
export const revised = (text: string, { state }: Row): string =>
  state.version === 0 ? text : `${text} (rev ${state.version})`;
