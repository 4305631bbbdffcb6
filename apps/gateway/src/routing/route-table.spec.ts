import { RouteTable } from './route-table.js';

const table = new RouteTable();
table.add('/api/connections', ['GET', 'HEAD']);
table.add('/api/connections', 'POST');
table.add('/api/connections/:id', 'DELETE');
table.add('/api/connections/catalog', 'GET');

describe('methods of a path', () => {
  it.each([
    ['/api/connections', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['/api/connections?a=/b', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['/api/connections/1', ['DELETE', 'OPTIONS']],
    ['/api/connections/catalog', ['DELETE', 'GET', 'OPTIONS']],
    ['/api/connections/1/2', []],
    ['/api/connections/', []],
  ])('%s: %j', (url, methods) => expect(table.methodsOf(url)).toEqual(methods));
});
