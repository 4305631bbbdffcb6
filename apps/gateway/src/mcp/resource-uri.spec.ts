import { parseUri } from './resource-uri.js';

const id = 'c3f9a1e2-7b4d-4a10-9c2f-8e6b1d04a7f5';

describe('a resource’s URI', () => {
  it.each([
    ['connection://catalog', { kind: 'catalog', query: {} }],
    ['connection://catalog?kind=first_party', { kind: 'catalog', query: { kind: 'first_party' } }],
    ['connection://list?limit=1&limit=2', { kind: 'list', query: { limit: ['1', '2'] } }],
    ['connection://list?__proto__=1', { kind: 'list', query: JSON.parse('{"__proto__":"1"}') as object }],
    [`connection://${id}`, { kind: 'connection', id }],
    [`connection://${id.toUpperCase()}/status`, { kind: 'status', id }],
  ])('%s', (uri, named) => expect(parseUri(uri)).toEqual(named));

  it.each([
    'connection://',
    'connection://nothing',
    'connection://list/status',
    `connection://${id}/runs`,
    `connection://${id}?x=1`,
    `connection://${id}/../list`,
    `http://${id}`,
    '',
  ])('%s names nothing', (uri) => expect(parseUri(uri)).toBeUndefined());
});
