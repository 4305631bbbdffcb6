import { randomUUID } from 'node:crypto';

import type { EventOf } from '@connections/contracts';
import { ChangeReader, VersionReader } from '@connections/read-model';
import { eventually } from '@connections/testing';

import { minutesAgo, ProjectionHouse, runId } from '../test/projection-house.js';

const [acme, globex, initech] = [randomUUID(), randomUUID(), randomUUID()] as const;
const [one, two, gone, elsewhere, other] = Array.from({ length: 5 }, () => randomUUID()) as [
  string,
  string,
  string,
  string,
  string,
];

const overridden = (interval: string): EventOf<'catalog.connector_cadence'> => ({
  type: 'ConnectorCadenceOverridden',
  data: { connectorType: 'hubspot', interval, overriddenBy: 'ada', overriddenAt: minutesAgo(0) },
});

let house: ProjectionHouse;
beforeAll(async () => {
  house = await ProjectionHouse.start();
  await Promise.all([
    house.establish(acme, one, { at: minutesAgo(500) }),
    house.establish(acme, two, { at: minutesAgo(500) }),
    house.establish(acme, gone, { at: minutesAgo(500) }),
    house.establish(globex, elsewhere, { at: minutesAgo(10) }),
    house.establish(initech, other, { at: minutesAgo(500), connectorType: 'salesforce' }),
  ]);
  await house.record('connections.connection', gone, {
    type: 'ConnectionDisconnected',
    data: { disconnectedBy: randomUUID(), disconnectedAt: minutesAgo(1), credentialId: '' },
  });
  await house.run(acme, one, runId(1), minutesAgo(100));
  await eventually(async () => {
    expect(await health()).toEqual({ one: 'healthy', two: 'stale', elsewhere: 'healthy', other: 'stale' });
    expect((await house.reader.get(acme, gone))?.value.status).toBe('disconnected');
  });
}, 60_000);
afterAll(() => house?.close(), 60_000);

const healthOf = async (workspaceId: string, id: string) =>
  (await house.reader.status(workspaceId, id))?.value.health;
const health = async () => ({
  one: await healthOf(acme, one),
  two: await healthOf(acme, two),
  elsewhere: await healthOf(globex, elsewhere),
  other: await healthOf(initech, other),
});
const versions = async () => new VersionReader(house.pool).workspaces([acme, globex, initech]);
const applied = (version: number) =>
  eventually(async () =>
    expect((await new VersionReader(house.pool).cadences(['hubspot'])).get('hubspot')).toBe(version),
  );

describe('a cadence that changes', () => {
  it('moves the moment of staleness of all its connections, and tells each workspace', async () => {
    const before = await versions();
    await applied(await house.record('catalog.connector_cadence', 'hubspot', overridden('1m')));
    // An hour is the least; the last success was a hundred minutes ago.
    expect(await health()).toEqual({ one: 'stale', two: 'stale', elsewhere: 'healthy', other: 'stale' });

    const changes = new ChangeReader(house.pool);
    const told = async (workspaceId: string) => {
      const [from, { to }] = [Number(before.get(workspaceId)), await changes.range(workspaceId)];
      const found = await changes.between(workspaceId, from, to);
      return [to - from, ...found.map(({ connectionId, kind }) => `${kind} ${connectionId}`).sort()];
    };
    expect(await told(acme)).toEqual([2, ...[one, two].map((id) => `connection ${id}`).sort()]);
    expect(await told(globex)).toEqual([1, `connection ${elsewhere}`]);
    expect(await told(initech)).toEqual([0]);
  });

  it('is followed to the next one, and back to the default', async () => {
    await applied(await house.record('catalog.connector_cadence', 'hubspot', overridden('1d')));
    expect(await health()).toMatchObject({ one: 'healthy', two: 'healthy' });
    const reset: EventOf<'catalog.connector_cadence'> = {
      type: 'ConnectorCadenceReset',
      data: { connectorType: 'hubspot', resetBy: 'ada', resetAt: minutesAgo(0) },
    };
    await applied(await house.record('catalog.connector_cadence', 'hubspot', reset));
    expect(await health()).toMatchObject({ one: 'healthy', two: 'stale' });
  });
});
