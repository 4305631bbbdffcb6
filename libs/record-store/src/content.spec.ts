import { contentOf } from './content.js';

describe('contentOf', () => {
  it('gives equal records equal hashes and changed ones others', () => {
    const one = contentOf({ id: '1', data: { a: 1 } });
    expect(contentOf({ id: '1', data: { a: 1 } })).toEqual(one);
    expect(contentOf({ id: '1', data: { a: 2 } }).hash).not.toBe(one.hash);
  });

  it('replaces what jsonb refuses and keeps the rest', () => {
    const { id, json } = contentOf({ id: 'a\0', data: { a: 'x\0y', b: ['\ud800', '😀', '\\u0000'] } });
    expect(id).toBe('a\uFFFD');
    expect(JSON.parse(json)).toEqual({ a: 'x\uFFFDy', b: ['\uFFFD', '😀', '\\u0000'] });
  });
});
