import {
  ProviderError,
  type ProviderAnswer,
  type ProviderFault,
  type ProviderRequest,
} from './definition.js';
import type { CustomPagination, PageState, Pass, Row } from './stream.js';

/** Whose children are read: whatever a request for them, and the rows in its answer, need to know. */
export type Parent = Readonly<Record<string, string | number>>;

/** How rows are read that can only be had parent by parent: an issue's messages, a page's blocks, a channel's posts. */
export interface ChildReading {
  /** One page of parents, the first without a cursor. */
  parentsRequest(pass: Pass, cursor: string | undefined): ProviderRequest;
  /** Parents in an answer; undefined when it is not a list of them. */
  parents(answer: ProviderAnswer, pass: Pass): readonly Parent[] | undefined;
  /**
   * The next page of parents; undefined at the proven end, or when all that follow are older than the pass asks for.
   * `used`: the cursor that the answer was asked with.
   */
  nextParents(answer: ProviderAnswer, pass: Pass, used?: string): string | undefined;
  request(pass: Pass, parent: Parent, cursor: string | undefined): ProviderRequest;
  /** Rows as they are stored, with the parent's name put in; undefined when the answer holds no list of them. */
  rows(
    answer: ProviderAnswer,
    parent: Parent,
    pass: Pass,
    cursor: string | undefined,
  ): readonly Row[] | undefined;
  next(answer: ProviderAnswer, parent: Parent, cursor: string | undefined): string | undefined;
  /** Rows of the answer that have children themselves. They are read before the parent's next page. */
  nested?(answer: ProviderAnswer, parent: Parent, pass: Pass): readonly Parent[];
  /** Faults of one parent's request that leave it out: it vanished, or is closed to us. */
  passesOver?(fault: ProviderFault, parent: Parent): boolean;
  /** See `CustomPagination.together`. */
  readonly together?: number;
  /** Ids that the answer means to be gone; also asked of one that was passed over. No parent: the answer lists them. */
  gone?(answer: ProviderAnswer, parent: Parent | undefined): readonly string[];
  /** The token cursor after this answer, see `CustomPagination.mark`; `cursor` is the parents' or the children's. */
  mark?(
    answer: ProviderAnswer,
    parent: Parent | undefined,
    cursor: string | undefined,
    seen: string | undefined,
  ): string | undefined;
}

interface Open {
  readonly parent: Parent;
  readonly at?: string;
}

/** `open`: whose children come next, first one first. `from`: the page of parents after them. */
interface State {
  readonly open: readonly Open[];
  readonly from?: string;
}

/**
 * Reads children depth first. Between two pages only what is still open is kept: one page of parents, and for each
 * level of nesting one page of rows that have children, whatever the number of rows.
 */
export function childPagination(reading: ChildReading): CustomPagination {
  return {
    kind: 'custom',
    request: (pass, page) => {
      const { open, from } = stateOf(page);
      return open[0] ? reading.request(pass, open[0].parent, open[0].at) : reading.parentsRequest(pass, from);
    },
    rows: (answer, page, pass) => {
      const [current] = stateOf(page).open;
      if (current) return reading.rows(answer, current.parent, pass, current.at);
      return reading.parents(answer, pass) && [];
    },
    next: (answer, _rows, page, pass) => {
      const { open, from } = stateOf(page);
      const [current, ...rest] = open;
      return packed(
        current
          ? afterChildren(reading, answer, pass, current, rest, from)
          : afterParents(reading, answer, pass, from),
      );
    },
    passesOver: (fault, page) => {
      const [current] = stateOf(page).open;
      return current !== undefined && (reading.passesOver?.(fault, current.parent) ?? false);
    },
    ...(reading.together !== undefined && { together: reading.together }),
    gone: (answer, page) => reading.gone?.(answer, stateOf(page).open[0]?.parent) ?? [],
    ...(reading.mark && {
      mark: (answer: ProviderAnswer, page: PageState | undefined, seen: string | undefined) => {
        const { open, from } = stateOf(page);
        return reading.mark?.(answer, open[0]?.parent, open[0] ? open[0].at : from, seen);
      },
    }),
  };
}

function afterParents(
  reading: ChildReading,
  answer: ProviderAnswer,
  pass: Pass,
  used: string | undefined,
): State {
  const from = reading.nextParents(answer, pass, used);
  if (from !== undefined && from === used) {
    throw new ProviderError(
      { kind: 'unknown', note: 'the page cursor of the parents does not move' },
      answer,
    );
  }
  const open = (reading.parents(answer, pass) ?? []).map((parent) => ({ parent }));
  return { open, ...(from === undefined ? {} : { from }) };
}

function afterChildren(
  reading: ChildReading,
  answer: ProviderAnswer,
  pass: Pass,
  { parent, at: used }: Open,
  rest: readonly Open[],
  from: string | undefined,
): State {
  const at = reading.next(answer, parent, used);
  const nested = (reading.nested?.(answer, parent, pass) ?? []).map((child) => ({ parent: child }));
  return {
    open: [...nested, ...(at === undefined ? [] : [{ parent, at }]), ...rest],
    ...(from === undefined ? {} : { from }),
  };
}

const stateOf = (page: PageState | undefined): State => (page as State | undefined) ?? { open: [] };

function packed(state: State): PageState | undefined {
  return state.open.length === 0 && state.from === undefined ? undefined : (state as unknown as PageState);
}
