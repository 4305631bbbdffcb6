import { keyHashOf } from '../access/api-key.js';
import { freshKey } from './api-key.js';

describe('a fresh key', () => {
  it('holds over 32 random bytes in base62', () => {
    expect(freshKey().key).toMatch(/^amdahl_sk_live_[0-9A-Za-z]{43}$/);
    expect(new Set(Array.from({ length: 100 }, () => freshKey().key)).size).toBe(100);
  });

  it('is known by the hash that requests are looked up by', () => {
    const { key, keyHash } = freshKey();
    expect(keyHashOf({ 'x-api-key': key })).toBe(keyHash);
  });

  it('shows four of its digits', () => {
    const { key, prefix } = freshKey();
    expect([prefix.length, key.startsWith(prefix)]).toEqual([19, true]);
  });
});
