import { findAttempt, keepAttempt, newAttempt, withoutAttempt } from './sign-in-attempt.js';

describe('sign-ins that a browser has under way', () => {
  const [first, second] = [newAttempt('/a', undefined), newAttempt('/b', 'acme')];
  const kept = keepAttempt(keepAttempt(undefined, first), second);

  it('are found by their state, in any order', () => {
    expect(findAttempt(kept, second.state)).toEqual(second);
    expect(findAttempt(kept, first.state)).toEqual(first);
  });

  it('are forgotten one by one', () => {
    const left = withoutAttempt(kept, first);
    expect(findAttempt(left, first.state)).toBeUndefined();
    expect(findAttempt(left, second.state)).toEqual(second);
    expect(withoutAttempt(left, second)).toBe('');
  });

  it('fit into a cookie: the oldest leaves, the newest stays', () => {
    const long = Array.from({ length: 40 }, (_, n) => newAttempt(`/${n}${'a'.repeat(1990)}`, undefined));
    const full = long.reduce<string>((text, attempt) => keepAttempt(text, attempt), '');
    expect(full.length).toBeLessThan(4000);
    expect(findAttempt(full, long[0]?.state)).toBeUndefined();
    expect(findAttempt(full, long.at(-1)?.state)).toEqual(long.at(-1));
  });

  it.each([undefined, '', '...', 'junk', Buffer.from('null').toString('base64url')])(
    '%s holds none',
    (text) => expect(findAttempt(text, undefined)).toBeUndefined(),
  );
});
