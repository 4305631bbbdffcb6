/** The client's cursor is not one of ours. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** The last row of a page in (time, id) order, both descending. */
export interface Keyset {
  readonly at: Date;
  readonly id: string;
}

/** One page and the opaque cursor of the next; null on the last. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

export function encodeCursor({ at, id }: Keyset): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
}

/** @throws InvalidCursor for anything that {@link encodeCursor} did not write. */
export function decodeCursor(cursor: string, isId: (id: string) => boolean): Keyset {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor();
  }
  const [time, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const at = new Date(Number.isInteger(time) ? (time as number) : NaN);
  if (Number.isNaN(at.getTime()) || typeof id !== 'string' || !isId(id)) throw new InvalidCursor();
  return { at, id };
}

/** Cuts a page out of up to `limit + 1` rows; the row too many proves that there is a next page. */
export function cutPage<T>(rows: T[], limit: number, keyset: (row: T) => Keyset): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(keyset(last)) : null };
}
