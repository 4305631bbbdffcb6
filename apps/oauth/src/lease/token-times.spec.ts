import { coolDown, isUsable, leaseEnd, tokenTimes } from './token-times.js';

const now = Date.parse('2026-06-12T18:00:00Z');
const at = (seconds: number) => new Date(now + seconds * 1000);

describe('an access token', () => {
  it('of half an hour is due two minutes ahead', () =>
    expect(tokenTimes({ expires_in: 1800 }, now)).toEqual({ expiresAt: at(1800), refreshDueAt: at(1680) }));
  it('of half a minute is due at two thirds', () =>
    expect(tokenTimes({ expires_in: '30' }, now)).toEqual({ expiresAt: at(30), refreshDueAt: at(20) }));
  it('that names no end has none', () => {
    expect(tokenTimes({}, now)).toEqual({});
    expect(tokenTimes({ expires_in: 'never' }, now)).toEqual({});
  });
  it('is not handed out in its last seconds', () => {
    expect(isUsable(at(6), now)).toBe(true);
    expect(isUsable(at(5), now)).toBe(false);
    expect(isUsable(null, now)).toBe(true);
  });
  it('is leased for a minute, or to its end', () => {
    expect(leaseEnd(null, now)).toEqual(at(60));
    expect(leaseEnd(at(600), now)).toEqual(at(60));
    expect(leaseEnd(at(20), now)).toEqual(at(20));
  });
});

describe('the cool-down', () => {
  it('doubles to five minutes', () =>
    expect([0, 1, 2, 7, 8, 99].map((failures) => coolDown(failures))).toEqual([
      2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]));
  it('is what the provider asked for', () => expect(coolDown(3, 60_000)).toBe(60_000));
});
