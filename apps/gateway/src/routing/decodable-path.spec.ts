import { decodablePath } from './decodable-path.js';

it.each([
  ['/a', '/a'],
  ['/%C3%A9?q=%zz', '/%C3%A9?q=%zz'],
  ['/a?b=%', '/a?b=%'],
  ['/%', '/%25'],
  ['/%zz/%41?b=%41', '/%25zz/%2541?b=%41'],
  ['/%c0%ae', '/%25c0%25ae'],
])('the path of %s is read as %s', (given, read) => {
  expect(decodablePath(given)).toBe(read);
});
