import { type Collection } from '../../data/collection.js';
import { Fields, seedOf } from '../../data/random.js';
import { type ProviderState } from '../provider-state.js';

export const streamNames = ['pages', 'rows', 'data_sources', 'databases', 'blocks', 'users'] as const;
export type Stream = (typeof streamNames)[number];

/** One workspace of Notion and its objects. */
export class Workspace {
  constructor(
    readonly id: string,
    private readonly provider: ProviderState,
  ) {}

  collection(stream: Stream): Collection {
    return this.provider.collection(this.id, stream);
  }

  fields(stream: Stream, index: number): Fields {
    return new Fields(seedOf('notion', this.id, stream), index);
  }

  expiredUpTo(): number {
    return this.provider.cutoff('expire_cursors', this.id);
  }

  /** Blocks are dealt out to the pages in turn. */
  *blocksOf(page: number): Generator<number> {
    const { size } = this.collection('pages');
    if (page >= size) return;
    const { end } = this.collection('blocks');
    for (let index = page; index < end; index += size) yield index;
  }

  /** Of a page's blocks, each third one stands below the one before it. */
  parentOf(block: number): { page: number } | { block: number } {
    const { size } = this.collection('pages');
    const above = block - size;
    const below = Math.floor(block / size) % 3 === 2 && this.collection('blocks').isLive(above);
    return below ? { block: above } : { page: block % size };
  }

  /** A page is edited when it, or one of its blocks, is. Epoch milliseconds. */
  editedAt(stream: Stream, index: number): number {
    let at = this.collection(stream).state(index)!.modifiedAt;
    if (stream !== 'pages') return at;
    const blocks = this.collection('blocks');
    for (const block of this.blocksOf(index)) {
      if (blocks.isMoved(block)) at = Math.max(at, blocks.state(block)!.modifiedAt);
    }
    return at;
  }
}

/** Ids are UUIDs that tell the stream and the row. */
export const idOf = (stream: Stream, index: number): string =>
  `1f0c2a7e-${String(streamNames.indexOf(stream)).padStart(4, '0')}-4a2b-9c3d-${index.toString(16).padStart(12, '0')}`;

export function readId(id: string): { stream: Stream; index: number } | undefined {
  const match = /^1f0c2a7e-?(\d{4})-?4a2b-?9c3d-?([0-9a-f]{12})$/.exec(id);
  const stream = match && streamNames[Number(match[1])];
  return stream ? { stream, index: parseInt(match[2]!, 16) } : undefined;
}

/** Edits bear whole minutes. */
export const minute = (ms: number): string => new Date(Math.floor(ms / 60_000) * 60_000).toISOString();
