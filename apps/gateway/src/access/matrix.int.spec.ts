import { House } from '../../test/house.js';
import { credentials, outcomeOf, type Credential } from '../../test/matrix.js';

/**
 * Who may call what. A word is the reason of a 403: the `app` is off, the `surface` is denied, a `scope` is missing, a
 * role at the `platform` is not enough.
 * Writes name what does not exist and send no body: 400 and 404 there say that every gate has let the caller through.
 *
 * `removed` was a member, `k:…` is an admin's key with that scope alone, `hidden` and `readonly` are admins with that
 * access to the surface, `app-off` an admin where the app is off, `foreign` an admin of another workspace who names what is ours.
 * `staff` (a platform_member), `eng` (engineering) and `super` (superadmin) are viewers of the workspace with all scopes that they may
 * have; `eng:read` has a key with platform:read alone, `super:bare` one without a scope of the platform.
 *
 * `c:…` are console sessions, which do what their member's role allows: `c:forged` is an admin's whose CSRF token is not sent
 * (refused as `csrf`), `c:ended` has signed out, `c:expired` was not used for too long.
 */
const table = `
operation                               none wrong revoked removed viewer editor admin k:read k:members hidden  readonly app-off foreign staff    eng   super eng:read super:bare c:viewer c:editor c:admin c:super c:forged c:ended c:expired
GET me                                  401  401   401     401     200    200    200   200    200       200     200      200     200     200      200   200   200      200        200      200      200     200     200      401     401
GET operations                          401  401   401     401     200    200    200   200    200       200     200      200     200     200      200   200   200      200        200      200      200     200     200      401     401
GET connections/catalog                 401  401   401     401     200    200    200   200    scope     surface 200      app     200     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections                         401  401   401     401     200    200    200   200    scope     surface 200      app     200     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/summary                 401  401   401     401     200    200    200   200    scope     surface 200      app     200     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}            401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/status     401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/health     401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/runs       401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/runs/{run} 401  401   401     401     404    404    404   404    scope     surface 404      app     404     404      404   404   scope    404        404      404      404     404     404      401     401
GET connections/{connection}/activity   401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/streams    401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/records    401  401   401     401     200    200    200   200    scope     surface 200      app     404     200      200   200   scope    200        200      200      200     200     200      401     401
GET connections/{connection}/social     401  401   401     401     404    404    404   404    scope     surface 404      app     404     404      404   404   scope    404        404      404      404     404     404      401     401
GET connections/events                  401  401   401     401     200    200    200   200    scope     surface 200      app     200     200      200   200   scope    200        200      200      200     200     200      401     401
POST connections                        401  401   401     401     scope  400    400   scope  scope     surface surface  app     400     scope    scope scope scope    scope      scope    400      400     scope   csrf     401     401
PATCH connections/{connection}          401  401   401     401     scope  400    400   scope  scope     surface surface  app     400     scope    scope scope scope    scope      scope    400      400     scope   csrf     401     401
DELETE connections/{connection}         401  401   401     401     scope  404    404   scope  scope     surface surface  app     404     scope    scope scope scope    scope      scope    404      404     scope   csrf     401     401
POST connections/{connection}/reconnect 401  401   401     401     scope  404    404   scope  scope     surface surface  app     404     scope    scope scope scope    scope      scope    404      404     scope   csrf     401     401
POST connections/{connection}/sync      401  401   401     401     scope  404    404   scope  scope     surface surface  app     404     scope    scope scope scope    scope      scope    404      404     scope   csrf     401     401
POST connections/{connection}/pause     401  401   401     401     scope  404    404   scope  scope     surface surface  app     404     scope    scope scope scope    scope      scope    404      404     scope   csrf     401     401
POST connections/{connection}/resume    401  401   401     401     scope  404    404   scope  scope     surface surface  app     404     scope    scope scope scope    scope      scope    404      404     scope   csrf     401     401
GET members                             401  401   401     401     200    200    200   200    200       200     200      200     200     200      200   200   200      200        200      200      200     200     200      401     401
POST members                            401  401   401     401     scope  scope  400   scope  400       400     400      400     400     scope    scope scope scope    scope      scope    scope    400     scope   csrf     401     401
PATCH members/{user}                    401  401   401     401     scope  scope  400   scope  400       400     400      400     400     scope    scope scope scope    scope      scope    scope    400     scope   csrf     401     401
DELETE members/{user}                   401  401   401     401     scope  scope  404   scope  404       404     404      404     404     scope    scope scope scope    scope      scope    scope    404     scope   csrf     401     401
GET api-keys                            401  401   401     401     200    200    200   200    200       200     200      200     200     200      200   200   200      200        200      200      200     200     200      401     401
POST api-keys                           401  401   401     401     scope  scope  400   scope  scope     400     400      400     400     scope    scope scope scope    scope      scope    scope    400     scope   csrf     401     401
DELETE api-keys/{key}                   401  401   401     401     scope  scope  404   scope  scope     404     404      404     404     scope    scope scope scope    scope      scope    scope    404     scope   csrf     401     401
GET audit                               401  401   401     401     scope  scope  200   scope  scope     200     200      200     200     scope    scope scope scope    scope      scope    scope    200     scope   200      401     401
GET settings/apps                       401  401   401     401     scope  scope  200   scope  scope     200     200      200     200     scope    scope scope scope    scope      scope    scope    200     scope   200      401     401
PUT settings/apps/connections           401  401   401     401     scope  scope  400   scope  scope     400     400      400     400     scope    scope scope scope    scope      scope    scope    400     scope   csrf     401     401
GET settings/access                     401  401   401     401     scope  scope  200   scope  scope     200     200      200     200     scope    scope scope scope    scope      scope    scope    200     scope   200      401     401
PUT settings/access/connections         401  401   401     401     scope  scope  400   scope  scope     400     400      400     400     scope    scope scope scope    scope      scope    scope    400     scope   csrf     401     401
DELETE settings/access/connections      401  401   401     401     scope  scope  200   scope  scope     200     200      200     200     scope    scope scope scope    scope      scope    scope    200     scope   csrf     401     401
GET /api/admin/connector-cadence        401  401   401     401     404    404    404   404    404       404     404      404     404     200      200   200   200      scope      404      404      404     200     404      401     401
PUT /api/admin/connector-cadence/{type} 401  401   401     401     404    404    404   404    404       404     404      404     404     platform 400   400   scope    scope      404      404      404     400     404      401     401
`;

const [heads = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.split(/ +/));

let house: House;
let columns: Record<string, Credential>;

beforeAll(async () => {
  house = await House.start(['access', 'catalog', 'connections', 'projection', 'puller', 'gateway']);
  columns = await credentials(house);
}, 60_000);
afterAll(() => house?.close(), 60_000);

it.each(rows)('%s %s: as the table says', async (method = '', path = '', ...expected) => {
  const { url } = house.service('gateway');
  const outcomes: string[] = [];
  // One after another: the last rows change settings.
  for (const name of heads.slice(1)) {
    const credential = columns[name];
    outcomes.push(credential ? await outcomeOf(url, credential, method, path) : 'no such credential');
  }
  expect(byHead(outcomes)).toEqual(byHead(expected));
});

it('the table has every operation', async () => {
  const { paths } = (await house.request('GET', '/api/openapi.json')).body as {
    paths: Record<string, Record<string, object>>;
  };
  const served = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => asKey(method, path.replace(PREFIX, ''))),
    );
  const listed = rows.map(([method = '', path = '']) => asKey(method, path));
  expect(listed.sort()).toEqual(served.sort());
});

const PREFIX = '/api/platform/v1/';
/** Parameters have the table's own names in it. */
const asKey = (method: string, path: string) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`;

function byHead(cells: readonly string[]) {
  return Object.fromEntries(heads.slice(1).map((head, index) => [head, cells[index]]));
}
