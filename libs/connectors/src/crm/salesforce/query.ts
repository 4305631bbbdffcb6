import { ProviderError } from '../../kit/definition.js';
import type { ProviderAnswer, ProviderFault, ProviderRequest } from '../../kit/definition.js';
import type { CustomPagination, PageState, Pass } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import { DAY_SPENT_MS, usedShare } from './faults.js';

export const dataPath = '/services/data/v62.0';

/** Other systems of the org live on the same budget: its last part is theirs. */
const OUR_SHARE = 0.95;

/** `columns`: what describe let us see, once it was asked. `next`: the path of the next page. */
interface State {
  readonly columns: readonly string[];
  readonly next?: string;
}

export interface Query {
  /** API name, `Account`. */
  readonly object: string;
  readonly columns: readonly string[];
  /** Rows a page; Salesforce takes it for a hint. */
  readonly batch: number;
  where(pass: Pass): readonly string[];
  readonly orderBy?: string;
}

/**
 * A query, page by page. Field-level security hides columns, and naming a hidden one fails the whole query: what the
 * member may see is asked first, and belongs to the pass.
 */
export function visibleRows(query: Query): CustomPagination {
  const describe: ProviderRequest = { path: `${dataPath}/sobjects/${query.object}/describe` };
  return {
    kind: 'custom',
    request: (pass, page) => (page === undefined ? describe : queryRequest(query, pass, stateOf(page))),
    carriesCursor,
    rows: (answer, page) => (page === undefined ? columnsIn(answer) && [] : rowsIn(answer)),
    next: (answer, _rows, page): PageState | undefined => {
      if (page !== undefined) return nextOf(answer, stateOf(page));
      refuseLastShare(answer);
      const visible = columnsIn(answer)!;
      return { columns: query.columns.filter((name) => visible.has(name)) };
    },
  };
}

/** A query of columns that are always visible. */
export function rowsOf(query: Query): CustomPagination {
  const { columns } = query;
  return {
    kind: 'custom',
    request: (pass, page) => queryRequest(query, pass, page === undefined ? { columns } : stateOf(page)),
    carriesCursor,
    rows: rowsIn,
    next: (answer) => nextOf(answer, { columns }),
  };
}

function queryRequest(query: Query, pass: Pass, { columns, next }: State): ProviderRequest {
  const headers = { 'sforce-query-options': `batchSize=${query.batch}` };
  if (next !== undefined) return { path: next, headers };
  const where = query.where(pass);
  const q = [
    `SELECT ${columns.join(', ')} FROM ${query.object}`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(query.orderBy ? [`ORDER BY ${query.orderBy}`] : []),
  ].join(' ');
  // Plain `query` hides what is deleted, and old activities.
  return { path: `${dataPath}/queryAll`, query: { q }, headers };
}

function columnsIn({ body }: ProviderAnswer): ReadonlySet<string> | undefined {
  const fields = valueAt(body, 'fields');
  if (!Array.isArray(fields)) return undefined;
  return new Set(fields.map((field) => textAt(field, 'name') ?? ''));
}

function rowsIn({ body }: ProviderAnswer): readonly Record<string, unknown>[] | undefined {
  const records = valueAt(body, 'records');
  return Array.isArray(records) ? (records as Record<string, unknown>[]) : undefined;
}

function nextOf(answer: ProviderAnswer, { columns }: State): PageState | undefined {
  if (valueAt(answer.body, 'done') === true) return undefined;
  const next = textAt(answer.body, 'nextRecordsUrl');
  if (next?.startsWith('/services/data/')) return { columns, next };
  throw new ProviderError({ kind: 'unknown', note: 'neither done nor a next page' }, answer);
}

function refuseLastShare(answer: ProviderAnswer): void {
  if ((usedShare(answer) ?? 0) < OUR_SHARE) return;
  const until = Date.now() + DAY_SPENT_MS;
  const fault: ProviderFault = {
    kind: 'rate_limit',
    until,
    scope: 'connection',
    note: 'the org nears its limit',
  };
  throw new ProviderError(fault, answer);
}

const carriesCursor = (page: PageState) => stateOf(page).next !== undefined;
const stateOf = (page: PageState): State => page as unknown as State;
