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
    [`connection://${id}/activity`, { kind: 'activity', id, query: {} }],
    [`connection://${id}/activity?limit=2`, { kind: 'activity', id, query: { limit: '2' } }],
    [`connection://${id}/health`, { kind: 'health', id }],
    ['connection://summary', { kind: 'summary' }],
  ])('%s', (uri, named) => expect(parseUri(uri)).toEqual(named));

  it.each([
    'connection://',
    'connection://nothing',
    'connection://list/status',
    'connection://list/activity',
    'connection://summary/health',
    'connection://summary?x=1',
    `connection://${id}/runs`,
    `connection://${id}?x=1`,
    `connection://${id}/status?x=1`,
    `connection://${id}/../list`,
    `http://${id}`,
    '',
  ])('%s names nothing', (uri) => expect(parseUri(uri)).toBeUndefined());
});
