import type { ProviderAnswer, ProviderRequest } from '../../kit/definition.js';
import type { Row } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const PAGE_SIZE = 50;

/** Without it an id changes when its message is moved; it is asked for with every page, links included. */
const immutable = 'IdType="ImmutableId"';
const text = 'outlook.body-content-type="text"';

/** @param path of a request of ours, or a link */
export const graphGet = (path: string, query?: ProviderRequest['query']): ProviderRequest => ({
  path,
  ...(query ? { query } : {}),
  headers: { prefer: `${immutable}, ${text}, odata.maxpagesize=${PAGE_SIZE}` },
});

export const rowsOf = ({ body }: ProviderAnswer): readonly Row[] | undefined => {
  const rows = valueAt(body, 'value');
  return Array.isArray(rows) ? (rows as Row[]) : undefined;
};

/**
 * A link as Graph gave it, less its origin: what it says is never taken apart, and where it is asked is for
 * the configuration to say, which may have changed before a delta link is used.
 */
const linkIn = ({ body }: ProviderAnswer, name: string): string | undefined => {
  // Its name has a dot, which a path has not.
  const link = typeof body === 'object' && body !== null ? (body as Row)[name] : undefined;
  return typeof link === 'string' ? link.slice(Math.max(0, link.indexOf('/v1.0/'))) : undefined;
};

export const nextLink = (answer: ProviderAnswer) => linkIn(answer, '@odata.nextLink');
export const deltaLink = (answer: ProviderAnswer) => linkIn(answer, '@odata.deltaLink');

const FOLDERS = { includeHiddenFolders: true, $top: 100 };

/** Folders below another one, or those at the top. */
export const foldersRequest = (parent: string | undefined, cursor: string | undefined): ProviderRequest => {
  if (cursor !== undefined) return graphGet(cursor);
  const path =
    parent === undefined ? 'mailFolders' : `mailFolders/${encodeURIComponent(parent)}/childFolders`;
  return graphGet(`/v1.0/me/${path}`, FOLDERS);
};

export const idOf = (row: Row): string[] => [textAt(row, 'id')].filter((id) => id !== undefined);

export const hasFolders = (row: Row): boolean => Number(row['childFolderCount']) > 0;

/** Annotations name the moment or the version of the answer, not the row. */
export function withoutAnnotations(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('@odata.')));
}
