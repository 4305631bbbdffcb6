import { hash } from 'node:crypto';

/** A row as the page's transaction wants it. */
export interface PageRecord {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A record ready for the database: its JSON text, and a 64-bit hash of it that tells whether it changed. */
export interface Content {
  readonly id: string;
  readonly json: string;
  readonly hash: string;
}

/** Escapes that `jsonb` refuses although JSON has them: NUL, and halves of surrogate pairs. */
const refused = /\\u(?:0000|d[89a-f])/i;

export function contentOf(record: PageRecord): Content {
  let json = JSON.stringify(record.data);
  // One such character in one record would otherwise fail its page for ever.
  if (refused.test(json)) json = JSON.stringify(cleaned(record.data));
  return { id: cleanText(record.id), json, hash: hash64(json) };
}

/** As a signed decimal, since Postgres' bigint is signed. */
function hash64(text: string): string {
  return hash('sha1', text, 'buffer').readBigInt64BE(0).toString();
}

export const cleanText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), cleaned(item)]));
}
