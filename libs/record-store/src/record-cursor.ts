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
  return encodeTexts([stream, externalId]);
}

export function decodeCursor(cursor: string): Position {
  const [stream, externalId] = decodeTexts(cursor, 2) as [string, string];
  return { stream, externalId };
}

export function encodeTexts(texts: readonly string[]): string {
  return Buffer.from(JSON.stringify(texts)).toString('base64url');
}

/** Throws InvalidCursor, also for another number of texts than `count`. */
export function decodeTexts(cursor: string, count: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === count && parts.every((part) => typeof part === 'string')) {
      // Postgres takes no NUL, and would answer a forged cursor with an error of its own.
      const texts = parts as string[];
      if (!cursor.includes('=') && !texts.some((text) => text.includes('\0'))) return texts;
    }
  } catch {
    // falls through
  }
  throw new InvalidCursor();
}
