import { eventually } from '@connections/testing';

import { House } from '../../test/house.js';
import { uuidv7 } from '../input/ids.js';
import { AuditTrail } from './audit-trail.js';

let house: House;

beforeAll(async () => {
  house = await House.start(['access', 'gateway']);
}, 60_000);
afterAll(() => house?.close(), 60_000);

it('an entry made while access is away is recorded, once, when it is back', async () => {
  const admin = await house.member('admin');
  const trail = house.service('gateway').app.get(AuditTrail, { strict: false });
  const entry = {
    entryId: uuidv7(),
    workspaceId: admin.workspaceId,
    userId: admin.userId,
    userName: 'Ada',
    action: 'connections.sync',
    outcome: 'succeeded',
    requestId: 'r1',
    at: new Date().toISOString(),
  };
  await house.stop('access');
  await trail.record(entry);
  await house.restart('access');
  await trail.record(entry);
  const recorded = async () => (await house.request('GET', 'audit', admin)).body.entries ?? [];
  await eventually(async () => expect(await recorded()).toHaveLength(1));
  await trail.beforeApplicationShutdown();
  expect(await recorded()).toMatchObject([{ id: entry.entryId, what: 'connections.sync', request_id: 'r1' }]);
});
