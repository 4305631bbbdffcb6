/** Opaque page cursors. They carry when they were minted, so that a control can let the earlier ones expire. */

/** Encodes `position`; `scope` is whatever must be the same when the cursor comes back (its other parameters). */
export function encodeCursor(position: string | number, scope: string): string {
  return Buffer.from(JSON.stringify([Date.now(), scope, position])).toString('base64url');
}

/**
 * The position inside a cursor, or undefined when it is not one of ours, belongs to other parameters, or was
 * minted at `expiredUpTo` (epoch milliseconds) or before.
 */
export function decodeCursor(
  cursor: string,
  scope: string,
  expiredUpTo: number,
): string | number | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [at, mintedFor, position] = parts as unknown[];
    if (typeof at !== 'number' || at <= expiredUpTo || mintedFor !== scope) return undefined;
    return typeof position === 'string' || typeof position === 'number' ? position : undefined;
  } catch {
    return undefined;
  }
}
