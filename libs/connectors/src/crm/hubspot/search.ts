import { textAt } from '../../kit/value-at.js';
import type { CustomPagination, PageState, Pass } from '../../kit/stream.js';

/**
 * Search inside one window of time, ordered by id, each page asking for ids above the last one. HubSpot never pages
 * a search beyond 10,000 rows, and a bulk edit stamps more than that with one millisecond, so neither its own cursor
 * nor narrower windows reach the end; neither does an offset survive rows that leave the window meanwhile.
 */
export function searchPagination(
  path: string,
  cursorProperty: string,
  properties: readonly string[],
): CustomPagination {
  return {
    kind: 'custom',
    request: (pass, page) => ({
      method: 'POST',
      path,
      json: {
        filterGroups: [{ filters: filters(pass, cursorProperty, part(page, 'above')) }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties,
        limit: 200,
        ...after(page),
      },
    }),
    next: (answer, rows, page): PageState | undefined => {
      const cursor = textAt(answer.body, 'paging.next.after');
      if (cursor === undefined) return undefined;
      // Ids are ordered as text: the last one goes back as it came, never computed with.
      const last = textAt(rows.at(-1), 'id');
      if (last !== undefined) return { above: last };
      // An empty page is not the end; only a missing cursor is.
      const above = part(page, 'above');
      return above === undefined ? { after: cursor } : { above, after: cursor };
    },
  };
}

function filters(pass: Pass, property: string, above: string | undefined) {
  const window = [
    ...(pass.since === undefined ? [] : [filter(property, 'GTE', String(Date.parse(pass.since)))]),
    filter(property, 'LT', String(Date.parse(pass.upper))),
  ];
  return above === undefined ? window : [...window, filter('hs_object_id', 'GT', above)];
}

const filter = (propertyName: string, operator: string, value: string) => ({ propertyName, operator, value });

function after(page: PageState | undefined): { after?: string } {
  const cursor = part(page, 'after');
  return cursor === undefined ? {} : { after: cursor };
}

function part(page: PageState | undefined, name: string): string | undefined {
  return textAt(page, name);
}
