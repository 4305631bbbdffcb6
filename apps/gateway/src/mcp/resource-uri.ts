import { isUuid } from '../input/ids.js';

/** What a `connection://` URI names, with its query as a request's. */
export type ResourceUri =
  | { readonly kind: 'catalog' | 'list'; readonly query: Readonly<Record<string, string | string[]>> }
  | { readonly kind: 'summary' }
  | { readonly kind: 'connection' | 'status' | 'health'; readonly id: string }
  | {
      readonly kind: 'activity';
      readonly id: string;
      readonly query: Readonly<Record<string, string | string[]>>;
    };

const FORM = /^connection:\/\/([A-Za-z0-9-]+)(?:\/(status|health|activity))?(?:\?([^#]*))?$/;

/** Reads a URI; undefined for any that names none of our resources. */
export function parseUri(uri: string): ResourceUri | undefined {
  const [, name = '', part, query] = FORM.exec(uri) ?? [];
  if (name === 'catalog' || name === 'list') {
    return part === undefined ? { kind: name, query: queryOf(query ?? '') } : undefined;
  }
  if (name === 'summary') return part === undefined && query === undefined ? { kind: name } : undefined;
  if (!isUuid(name)) return undefined;
  const id = name.toLowerCase();
  if (part === 'activity') return { kind: part, id, query: queryOf(query ?? '') };
  if (query !== undefined) return undefined;
  return { kind: part === 'status' || part === 'health' ? part : 'connection', id };
}

/** A parameter that is given twice becomes a list, as with REST, and is refused like there. */
function queryOf(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = Object.hasOwn(query, name) ? query[name] : undefined;
    Object.defineProperty(query, name, {
      value: before === undefined ? value : [before, value].flat(),
      enumerable: true,
      configurable: true,
    });
  }
  return query;
}
