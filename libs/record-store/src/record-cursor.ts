/** Not a cursor that a page of ours has given out. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor() {
    super('not a cursor of a records page');
  }
}

interface Position {
  readonly stream: string;
  readonly externalId: string;
}

export function encodeCursor({ stream, externalId }: Position): string {
  return Buffer.from(JSON.stringify([stream, externalId])).toString('base64url');
}

export function decodeCursor(cursor: string): Position {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === 'string')) {
      // Postgres takes no NUL, and would answer a forged cursor with an error of its own.
      const [stream, externalId] = parts as [string, string];
      if (!cursor.includes('=') && !stream.includes('\0') && !externalId.includes('\0')) {
        return { stream, externalId };
      }
    }
  } catch {
    // falls through
  }
  throw new InvalidCursor();
}
