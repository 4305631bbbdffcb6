import type { CaseName } from './cases.js';

/** How one stream of a connector behaves, seen from outside. */
export interface StreamCase {
  /** Live records after the first full read, with the stand-in as it starts. */
  readonly rows: number;
  /**
   * What a later run brings: `changes` whatever changed; `recent` what is new, and changes of what is new (the provider
   * filters by creation); `everything`: the stream is always read in full.
   */
  readonly later: 'changes' | 'recent' | 'everything';
  /** Who finds deletions: the provider tells, a full read that is due misses them, or nobody can. */
  readonly deletions: 'told' | 'full_read' | 'never';
  /** The stand-in's name of the rows, where it is not the stream's; null when nothing of it can be changed. */
  readonly rowsOf?: string | null;
  /** A row has nothing beside its key that could change. */
  readonly fixed?: true;
  /** Records that belong to one of these rows; 1 unless said otherwise. */
  readonly perRow?: number;
  /** A deleted row is shown once more, as one that is archived. */
  readonly archives?: true;
  /** Shows the moment at which it is read (a count of followers), so reading it again is news. */
  readonly snapshot?: true;
}

/** One form in which the provider throttles, and how long it makes us wait (seconds). */
export interface ThrottleCase {
  readonly says: string;
  readonly throttle: {
    readonly for_s: number;
    readonly variant?: string;
    readonly retry_after?: boolean;
  };
  /** Up to 2: the slice sits it out. Up to 60: the stream waits. Beyond: it ends, and the schedule comes back. */
  readonly waits: readonly [least: number, most: number];
  /** Who is throttled; the connection unless said otherwise. */
  readonly scope?: 'connection' | 'app';
}

/** What the conformance suite needs to know of a connector: a few lines a connector. */
export interface ConnectorCase {
  readonly type: string;
  readonly streams: Readonly<Record<string, StreamCase>>;
  /** A stream of several pages and `later: changes | recent`, on which the faults fall. */
  readonly paged: string;
  /** Another one, to see that it goes on. */
  readonly other: string;
  /** Part of the paged stream's URL, which the other stream's need not lack. */
  readonly pagedPath: string;
  readonly throttles: readonly ThrottleCase[];
  /** The provider hands out page cursors, which may expire. */
  readonly cursors: boolean;
  /** What verifying the seeded key answers; absent for connectors without API key. */
  readonly account?: { readonly externalId: string; readonly label: string };
  /** How many rows the stand-in shows of its streams, where its own number makes too few pages or too many. */
  readonly records?: Readonly<Record<string, number>>;
  /** Cases that cannot happen at this provider, each with its reason; the table shows it. */
  readonly absent?: Readonly<Partial<Record<CaseName, string>>>;
}
