import { normaliseHandle } from './handle.js';

describe('normaliseHandle', () => {
  it.each([
    'acme',
    '@Acme',
    ' ACME ',
    'https://x.com/Acme',
    'twitter.com/acme?lang=en',
    'https://www.x.com/@acme/',
  ])('takes %p for acme', (input) => expect(normaliseHandle(input)).toBe('acme'));

  it.each(['', '@', 'a b', 'sixteen_letters_', 'https://example.com/acme', 'https://x.com/', 'acme!'])(
    'refuses %p',
    (input) => expect(normaliseHandle(input)).toBeUndefined(),
  );
});
