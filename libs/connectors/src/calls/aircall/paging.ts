import type { CustomPagination, PageState, Pass } from '../../kit/stream.js';
import type { ProviderAnswer } from '../../kit/definition.js';
import { textAt, valueAt } from '../../kit/value-at.js';

type Query = Readonly<Record<string, string | number | boolean>>;

const size = 50;
/** No query goes beyond, whatever `meta.total` says. */
const ceiling = 10_000;

const hasNext = (answer: ProviderAnswer) => textAt(answer.body, 'meta.next_page_link') !== undefined;
const unix = (iso: string) => Math.floor(Date.parse(iso) / 1000);

/** Page after page. The link is not followed: a host that an answer names is not to be trusted with the key. */
export function numbered(path: string): CustomPagination {
  return {
    kind: 'custom',
    request: (_pass, page) => ({ path, query: { per_page: size, page: Number(page ?? 1) } }),
    next: (answer, _rows, page) => (hasNext(answer) ? Number(page ?? 1) + 1 : undefined),
  };
}

/**
 * By creation, ascending, each page asking from the last row's second on (and the one before it: whether `from` is
 * inclusive is not documented). Page numbers go up only within one second. So no query comes near the ceiling, and
 * what is deleted meanwhile shifts nothing.
 */
export function ascending(path: string, createdField: string, query: Query = {}): CustomPagination {
  const fromOf = (page: PageState | undefined, pass: Pass) =>
    page === undefined ? (pass.since === undefined ? 0 : unix(pass.since)) : Number(valueAt(page, 'from'));
  return {
    kind: 'custom',
    request: (pass, page) => ({
      path,
      query: {
        ...query,
        order: 'asc',
        per_page: size,
        page: Number(valueAt(page, 'page') ?? 1),
        // ISO texts here match nothing, without a word.
        from: fromOf(page, pass),
        to: unix(pass.upper) + 1,
      },
    }),
    next: (answer, rows, page, pass) => {
      if (!hasNext(answer)) return undefined;
      const from = fromOf(page, pass);
      const last = Number(valueAt(rows.at(-1), createdField)) - 1;
      return last > from ? { from: last, page: 1 } : { from, page: Number(valueAt(page, 'page') ?? 1) + 1 };
    },
  };
}

/**
 * By change, descending, until what the last pass saw: whether `from` follows `order_by` is not documented. Where more
 * changed than a query reaches, everything is read.
 */
export function changedFirst(
  path: string,
  changedField: string,
  everything: CustomPagination,
): CustomPagination {
  return {
    kind: 'custom',
    request: (pass, page) =>
      typeof page === 'object'
        ? everything.request(pass, page)
        : { path, query: { order_by: changedField, order: 'desc', per_page: size, page: Number(page ?? 1) } },
    next: (answer, rows, page, pass) => {
      if (typeof page === 'object') return everything.next(answer, rows, page, pass);
      const last = Number(valueAt(rows.at(-1), changedField));
      if (pass.since !== undefined && last < unix(pass.since)) return undefined;
      const number = Number(page ?? 1);
      if (hasNext(answer)) return number + 1;
      return number * size >= ceiling ? { from: 0, page: 1 } : undefined;
    },
  };
}
