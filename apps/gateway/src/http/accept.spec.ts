import { accepts, asksForPage } from './accept.js';

it.each([
  ['application/json', true],
  ['APPLICATION/JSON; charset=utf-8', true],
  ['application/*', true],
  ['*/*;q=0.1', true],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['', true],
  ['nonsense', true],
  ['text/html', false],
  ['application/xml, text/*', false],
  ['application/json;q=0', false],
  ['application/json;q=0, */*', false],
  ['application/*;q=0, */*', false],
  ['*/*;q=0', false],
  ['application/*;q=0, application/json', true],
])('Accept: %s leaves room for JSON: %s', (header, expected) =>
  expect(accepts(header, 'application/json')).toBe(expected),
);

it.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['TEXT/HTML;q=0.1', true],
  ['text/html;q=0, */*', false],
  ['*/*', false],
  ['application/json', false],
  ['', false],
  [undefined, false],
])('Accept: %s asks for a page: %s', (header, expected) => expect(asksForPage(header)).toBe(expected));
