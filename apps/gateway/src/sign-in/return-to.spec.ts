import { returnPath } from './return-to.js';

describe('where a sign-in leads back to', () => {
  it.each([
    [undefined, '/connections'],
    ['/', '/'],
    ['/connections/1?tab=runs#last', '/connections/1?tab=runs#last'],
    ['/a/../b', '/b'],
    ['/https://evil.test', '/https://evil.test'],
  ])('%s: stays here', (value, path) => expect(returnPath(value)).toBe(path));

  it.each([
    '',
    'connections',
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '\\\\evil.test',
    '/.//evil.test',
    '/..//evil.test',
    'javascript:alert(1)',
    `/${'a'.repeat(2000)}`,
    ['/a', '/b'],
    7,
  ])('%s: refused', (value) => expect(returnPath(value)).toBeUndefined());
});
