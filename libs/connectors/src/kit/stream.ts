import type { ProviderAccount, ProviderAnswer, ProviderFault, ProviderRequest } from './definition.js';

/** A provider's row as it came, numbers beyond 2^53 as strings. */
export type Row = Readonly<Record<string, unknown>>;

/** Where a walk stands between two pages. Plain JSON: it is kept in the checkpoint. */
export type PageState = string | number | readonly PageState[] | { readonly [name: string]: PageState };

/** How one stream is read: data, with a function only where the provider is odd. */
export interface StreamDefinition {
  readonly name: string;
  /** Path of the record's id, or the paths of its parts. */
  readonly primaryKey: string | readonly string[];
  /** Absent: no incremental reading, every run reads all. */
  readonly cursor?: CursorDefinition | TokenCursor;
  /** The walks of a full read, in order. */
  readonly full: readonly Walk[];
  /** The walks of a read since the watermark, in order. */
  readonly incremental?: readonly Walk[];
  /** What a full read that ran to its proven end did not meet is deleted. */
  readonly sweep: boolean;
  /** An incremental stream is read in full again after this long, to find deletions nobody tells of. */
  readonly fullReadEverySeconds?: number;
  /** Row → what is stored; undefined leaves it out. */
  readonly record?: (row: Row, pass: Pass) => Row | undefined;
}

export interface CursorDefinition {
  /** Path in the row. */
  readonly field: string;
  /** `time`: any date text, kept as ISO 8601. `id`: decimal text of any length. */
  readonly kind: 'time' | 'id';
  /** How `{since}` and `{upper}` are written in a request. */
  readonly format: 'rfc3339_seconds' | 'epoch_ms' | 'id';
  /** Re-read this much before the watermark: clocks differ, and search indexes lag. */
  readonly overlapSeconds: number;
  /** Where the watermark moves at a pass's end: to the pass's frozen upper bound, or to the largest value seen below it. */
  readonly advance: 'upper' | 'seen';
}

/**
 * The provider itself says where the next read begins, in words that mean nothing to us (a sync token, a history id);
 * custom paginations take it by their `mark`. One that the provider no longer knows is followed by a full read.
 */
export interface TokenCursor {
  readonly kind: 'token';
}

/**
 * One paged request. In `path` and `query`, `{accountId}`, `{since}` and `{upper}` are filled in; a parameter whose
 * value is unknown (no watermark yet) is left out.
 */
export interface Walk {
  readonly name: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly pagination: Pagination;
  /** Path of the rows in the answer; an object there is one row, null is none. */
  readonly rows: string;
  /** The provider leaves the path out where there are no rows. Elsewhere its absence is a fault, not an end. */
  readonly rowsOptional?: boolean;
  /**
   * What a row means. `present` (the default): as it stands. `deleted`: marks a record we hold. `archived`: is kept,
   * marked deleted (others still refer to it).
   */
  readonly meaning?: 'present' | 'deleted' | 'archived';
  /** Ids that the answer names as gone. */
  readonly gone?: (body: unknown) => readonly string[];
  /** Judges an answer with status 200 that may still be a refusal. */
  readonly fault?: (body: unknown) => ProviderFault | undefined;
}

export type Pagination =
  | { readonly kind: 'none' }
  /** The next page's parameter is named in the answer; its absence (or `more` not being true) is the end. */
  | { readonly kind: 'cursor'; readonly param: string; readonly next: string; readonly more?: string }
  /** Re-reads records we hold by id, those whose `field` is at most so old. */
  | {
      readonly kind: 'stored';
      readonly param: string;
      readonly size: number;
      /** Field of the record that holds the id to ask by. */
      readonly idField: string;
      readonly field: string;
      readonly maxAgeSeconds: number;
    }
  | CustomPagination;

export interface CustomPagination {
  readonly kind: 'custom';
  request(pass: Pass, page: PageState | undefined): ProviderRequest;
  /** The next page, undefined at the proven end. */
  next(
    answer: ProviderAnswer,
    rows: readonly Row[],
    page: PageState | undefined,
    pass: Pass,
  ): PageState | undefined;
  /**
   * The rows of an answer where they do not simply stand at the walk's path: a child names its parent only in its
   * request, and the pages that list the parents bring no rows. Undefined: not the answer that was asked for.
   */
  rows?(answer: ProviderAnswer, page: PageState | undefined, pass: Pass): readonly Row[] | undefined;
  /** Whether a page's request carries a cursor of the provider's, which may expire; absent: all but the first do. */
  carriesCursor?(page: PageState): boolean;
  /** A fault that means no more than that this page has no rows: its parent vanished, or is closed to us. */
  passesOver?(fault: ProviderFault, page: PageState | undefined): boolean;
  /** So many requests at most make one page, where an answer brings a row or so: a transaction for each would be dear. */
  readonly together?: number;
  /** Ids that the answer means to be gone, beside the walk's own; also asked of an answer that was passed over. */
  gone?(answer: ProviderAnswer, page: PageState | undefined): readonly string[];
  /** The token cursor after this answer. `seen`: after the one before, in this pass. */
  mark?(answer: ProviderAnswer, page: PageState | undefined, seen: string | undefined): string | undefined;
}

/** One reading of a stream from end to end, spread over as many slices and workers as it takes. */
export interface Pass {
  readonly account: ProviderAccount;
  /** Watermark minus overlap, in the cursor's own terms; undefined in a full read. */
  readonly since?: string;
  /** The token cursor as this pass has moved it so far. */
  readonly mark?: string;
  /** When the pass began, ISO 8601: what changed later belongs to the next one. */
  readonly upper: string;
}
