import { cutPage, decodeCursor, encodeCursor, InvalidCursor } from './keyset.js';

const isId = (id: string) => /^\w+$/.test(id);
const key = { at: new Date('2026-06-12T18:04:11.123Z'), id: 'a' };

describe('cursors', () => {
  it('come back as they were', () => expect(decodeCursor(encodeCursor(key), isId)).toEqual(key));

  it.each([
    ['', 'empty'],
    ['abc', 'no JSON'],
    [Buffer.from('[1]').toString('base64url'), 'no id'],
    [Buffer.from('["x","a"]').toString('base64url'), 'no time'],
    [Buffer.from('[1,"a\' or 1=1"]').toString('base64url'), 'an id of another kind'],
    [Buffer.from('[9e15,"a"]').toString('base64url'), 'a time beyond all times'],
  ])('refuse %j: %s', (cursor) => expect(() => decodeCursor(cursor, isId)).toThrow(InvalidCursor));

  it('are given only where another page exists', () => {
    const page = (rows: number) =>
      cutPage(
        Array.from({ length: rows }, (_, i) => `r${i}`),
        2,
        (id) => ({ ...key, id }),
      );
    expect(page(2)).toEqual({ items: ['r0', 'r1'], nextCursor: null });
    expect(page(3)).toEqual({ items: ['r0', 'r1'], nextCursor: encodeCursor({ ...key, id: 'r1' }) });
  });
});
