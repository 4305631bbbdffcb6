import { ProviderError } from './definition.js';
import type { ProviderAnswer, ProviderHttp, ProviderRequest } from './definition.js';
import { largestSeen } from './cursor-value.js';
import { fillRequest } from './template.js';
import { textAt, valueAt } from './value-at.js';
import type { Pagination, PageState, Pass, Row, StreamDefinition, Walk } from './stream.js';

/** What one page brought. */
export interface Page {
  /** By external id, in the answer's order; the last of duplicates stands. */
  readonly records: readonly { readonly id: string; readonly data: Row }[];
  readonly meaning: 'present' | 'deleted' | 'archived';
  /** Ids that the provider names as gone. */
  readonly gone: readonly string[];
  /** Largest cursor value in the page and before it. */
  readonly seen?: string;
  /** Absent at the walk's proven end. */
  readonly next?: PageState;
}

export interface PageRequest {
  readonly http: ProviderHttp;
  readonly stream: StreamDefinition;
  readonly walk: Walk;
  readonly pass: Pass;
  readonly page?: PageState;
  readonly seen?: string;
  /** Records we hold with external ids above `after`, whose `field` is at `since` or later: for `stored` walks. */
  stored(query: StoredQuery): Promise<readonly StoredId[]>;
}

export interface StoredQuery {
  readonly after?: string;
  readonly idField: string;
  readonly field: string;
  readonly since: string;
  readonly limit: number;
}

/** `id`: what the record's `idField` holds. */
export interface StoredId {
  readonly externalId: string;
  readonly id: string;
}

/** No further answer joins a page of so many. */
const ENOUGH_ROWS = 50;
/** Nor is one asked for after this long: the token is leased for a page that ends, and others may wait for the worker. */
const LONGEST_TOGETHER_MS = 1_500;

/**
 * Reads one page of a walk. Rejects with ProviderError: `cursor_expired` when the provider refuses a request that
 * carried a page cursor (the pass starts anew), any other kind as the provider's answer was classified.
 */
export async function readPage(context: PageRequest): Promise<Page> {
  const { pagination } = context.walk;
  const askUntil = performance.now() + LONGEST_TOGETHER_MS;
  let page = await readAnswer(context);
  const most = pagination.kind === 'custom' ? (pagination.together ?? 1) : 1;
  for (let asked = 1; asked < most && page.records.length < ENOUGH_ROWS; asked++) {
    if (page.next === undefined || performance.now() >= askUntil) break;
    const { next, seen } = page;
    const following = await readAnswer({
      ...context,
      page: next,
      ...(seen === undefined ? {} : { seen }),
    }).catch(
      // What came before it is kept; the next page begins with the request that failed.
      (error: unknown) => (error instanceof ProviderError ? undefined : Promise.reject(error as Error)),
    );
    if (!following) break;
    page = joined(page, following);
  }
  return page;
}

function joined(one: Page, other: Page): Page {
  const records = new Map([...one.records, ...other.records].map((record) => [record.id, record]));
  const alive = new Set(other.records.map(({ id }) => id));
  const gone = [...one.gone.filter((id) => !alive.has(id)), ...other.gone];
  return { ...other, records: [...records.values()], gone };
}

async function readAnswer(context: PageRequest): Promise<Page> {
  const { walk } = context;
  if (walk.pagination.kind === 'stored') return readStored(context, walk.pagination);
  const answer = await ask(context, pageRequest(context));
  const rows = rowsOf(answer, context);
  const next = nextPage(context, answer, rows);
  if (next !== undefined && JSON.stringify(next) === JSON.stringify(context.page)) {
    // An API that ignores the page parameter would be read for ever.
    throw new ProviderError({ kind: 'unknown', note: 'the page cursor does not move' }, answer);
  }
  return pageOf(context, answer, rows, next);
}

async function readStored(
  context: PageRequest,
  pagination: Extract<Pagination, { kind: 'stored' }>,
): Promise<Page> {
  const { walk, pass, stream } = context;
  const held = await context.stored({
    ...(typeof context.page === 'string' ? { after: context.page } : {}),
    idField: pagination.idField,
    field: pagination.field,
    since: new Date(Date.parse(pass.upper) - pagination.maxAgeSeconds * 1000).toISOString(),
    limit: pagination.size,
  });
  if (held.length === 0) return { records: [], meaning: 'present', gone: [], ...kept(context) };
  const request = fillRequest(walk, pass, stream.cursor);
  const query = { ...request.query, [pagination.param]: held.map(({ id }) => id).join(',') };
  const answer = await ask(context, { ...request, query });
  const next = held.length < pagination.size ? undefined : held.at(-1)?.externalId;
  const page = pageOf(context, answer, rowsOf(answer, context), next);
  const externalIds = new Map(held.map(({ id, externalId }) => [id, externalId]));
  return { ...page, gone: page.gone.map((id) => externalIds.get(id) ?? id) };
}

async function ask(context: PageRequest, request: ProviderRequest): Promise<ProviderAnswer> {
  try {
    const answer = await context.http.request(request);
    const fault = context.walk.fault?.(answer.body);
    if (fault) throw new ProviderError(fault, answer);
    return answer;
  } catch (error) {
    const passedOver = withoutRows(error, context);
    if (passedOver) return passedOver;
    throw asExpiredCursor(error, context);
  }
}

/** Stands for the body of an answer that the walk passes over; no provider's own body can be mistaken for it. */
const nothing = Object.freeze({});

/** The refusal itself, as an answer that has no rows, where the walk goes on past it. */
function withoutRows(error: unknown, { page, walk }: PageRequest): ProviderAnswer | undefined {
  if (walk.pagination.kind !== 'custom' || !(error instanceof ProviderError)) return undefined;
  const over = error.answer && walk.pagination.passesOver?.(error.fault, page);
  return over ? { ...error.answer!, body: nothing } : undefined;
}

/** No provider names an expired cursor reliably: a 400, 404, 410 or 422 that came with one is taken for it. */
function asExpiredCursor(error: unknown, { page, walk, stream, pass }: PageRequest): unknown {
  // Also one that a full read goes on from: it may have waited for a new credential longer than the provider remembers.
  const marked = stream.cursor?.kind === 'token' && (pass.since ?? pass.mark) !== undefined;
  const { pagination } = walk;
  const own = pagination.kind === 'custom' ? pagination.carriesCursor : undefined;
  const paged = page !== undefined && (own?.(page) ?? true);
  const carried = (paged || marked) && pagination.kind !== 'stored';
  if (!carried || !(error instanceof ProviderError)) return error;
  const refused = [400, 404, 410, 422].includes(error.answer?.status ?? 0);
  return refused && ['config', 'gone'].includes(error.fault.kind)
    ? new ProviderError({ kind: 'cursor_expired' }, error.answer, { cause: error })
    : error;
}

function pageRequest({ walk, pass, page, stream }: PageRequest): ProviderRequest {
  if (walk.pagination.kind === 'custom') return walk.pagination.request(pass, page);
  const request = fillRequest(walk, pass, stream.cursor);
  if (walk.pagination.kind !== 'cursor' || page === undefined) return request;
  return { ...request, query: { ...request.query, [walk.pagination.param]: String(page) } };
}

function nextPage(
  { walk, page, pass }: PageRequest,
  answer: ProviderAnswer,
  rows: readonly Row[],
): PageState | undefined {
  const { pagination } = walk;
  if (pagination.kind === 'custom') return pagination.next(answer, rows, page, pass);
  if (pagination.kind !== 'cursor') return undefined;
  if (pagination.more !== undefined && valueAt(answer.body, pagination.more) !== true) return undefined;
  return textAt(answer.body, pagination.next);
}

function rowsOf(answer: ProviderAnswer, { walk, page, pass }: PageRequest): readonly Row[] {
  const { pagination } = walk;
  if (answer.body === nothing) return [];
  const own = pagination.kind === 'custom' ? pagination.rows : undefined;
  const found = own ? own(answer, page, pass) : valueAt(answer.body, walk.rows);
  if (found === undefined && (own || !walk.rowsOptional)) {
    throw new ProviderError({ kind: 'unknown', note: `no ${walk.rows} in the answer` }, answer);
  }
  if (found === undefined || found === null) return [];
  const rows: readonly unknown[] = Array.isArray(found) ? found : [found];
  return rows.filter((row): row is Row => typeof row === 'object' && row !== null);
}

function pageOf(
  context: PageRequest,
  answer: ProviderAnswer,
  rows: readonly Row[],
  next: PageState | undefined,
): Page {
  const { stream, walk, pass } = context;
  const custom = walk.pagination.kind === 'custom' ? walk.pagination : undefined;
  const records = new Map<string, Row>();
  let seen = custom?.mark ? custom.mark(answer, context.page, context.seen) : context.seen;
  for (const row of rows) {
    if (stream.cursor && stream.cursor.kind !== 'token') seen = largestSeen(row, stream.cursor, seen);
    const data = stream.record ? stream.record(row, pass) : row;
    const id = data && externalId(data, stream.primaryKey);
    if (data && id !== undefined) records.set(id, data);
  }
  return {
    records: [...records].map(([id, data]) => ({ id, data })),
    meaning: walk.meaning ?? 'present',
    gone: [...(walk.gone?.(answer.body) ?? []), ...(custom?.gone?.(answer, context.page) ?? [])],
    ...(seen === undefined ? {} : { seen }),
    ...(next === undefined ? {} : { next }),
  };
}

const kept = ({ seen }: PageRequest) => (seen === undefined ? {} : { seen });

function externalId(row: Row, key: string | readonly string[]): string | undefined {
  const parts = (typeof key === 'string' ? [key] : key).map((path) => textAt(row, path));
  return parts.includes(undefined) ? undefined : parts.join(':');
}
