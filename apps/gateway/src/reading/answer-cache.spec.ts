import { AnswerCache } from './answer-cache.js';

const answer = (length: number) => ({
  bytes: Buffer.alloc(length),
  etag: '"e"',
  version: '1',
  staleAt: Infinity,
});

describe('the answer cache', () => {
  it('drops the least recently used beyond its bytes', () => {
    const cache = new AnswerCache(2000);
    cache.put('a', answer(600));
    cache.put('b', answer(600));
    cache.get('a');
    cache.put('c', answer(600));
    expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['a', 'c']);
  });

  it('counts a replaced answer once', () => {
    const cache = new AnswerCache(1000);
    for (let i = 0; i < 10; i++) cache.put('a', answer(700));
    expect(cache.get('a')).toBeDefined();
  });

  it('does not keep what is larger than itself', () => {
    const cache = new AnswerCache(1000);
    cache.put('a', answer(2000));
    expect(cache.get('a')).toBeUndefined();
  });
});
