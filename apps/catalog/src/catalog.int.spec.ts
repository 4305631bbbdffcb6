import { CatalogService, EventHistoryService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createDatabase, createNats, type TestDatabase, type TestNats } from '@connections/testing';

import { loadCatalogConfig } from './config.js';
import { startCatalog } from './index.js';

describe('the catalog service', () => {
  let nats: TestNats;
  let database: TestDatabase;
  let service: RunningService;
  let bus: Bus;

  const start = () =>
    startCatalog(loadCatalogConfig({ NATS_URL: nats.url, CATALOG_DATABASE_URL: database.url }));

  beforeAll(async () => {
    nats = await createNats();
    database = await createDatabase('catalog');
    service = await start();
    bus = await Bus.connect('test', nats.url);
  }, 30_000);
  afterAll(async () => {
    await bus?.close();
    await service?.close();
    await database?.drop();
    await nats?.destroy();
  });

  const catalog = () => bus.rpc(CatalogService, { workspaceId: 'w1', actor: 'user:ada' });
  const set = (connectorType: string, interval?: string, userId = 'ada') =>
    catalog().setConnectorCadence({ connectorType, interval, userId });
  const cadences = async () =>
    new Map((await catalog().listConnectorCadences({})).cadences.map((one) => [one.connectorType, one]));
  const history = async (type: string) => {
    const { events } = await bus.call('rpc.catalog.ReadEvents', EventHistoryService.method.readEvents, {
      stream: `connector_cadence-${type}`,
      afterVersion: 0,
      afterPosition: 0,
      limit: 100,
    });
    return events.map(({ type: event, data }) => [event, data]);
  };

  it('answers with all seventeen connectors', async () => {
    const { connectors } = await bus.rpc(CatalogService).listConnectors({});
    expect(connectors).toHaveLength(17);
    const live = connectors.filter(({ pullerStatus }) => pullerStatus === 'live').map(({ type }) => type);
    expect(live).toEqual(expect.arrayContaining(['hubspot', 'pipedrive', 'x']));
    expect(live).not.toContain('circleback');
  });

  it('knows the cadence of each, in the same order', async () => {
    const { connectors } = await bus.rpc(CatalogService).listConnectors({});
    const { cadences: all } = await catalog().listConnectorCadences({});
    expect(all).toEqual(
      connectors.map(({ type, defaultInterval }) => ({
        connectorType: type,
        defaultInterval,
        effectiveInterval: defaultInterval,
      })),
    );
  });

  it('overrides a cadence, keeps it over a restart, and resets it', async () => {
    const overridden = await set('hubspot', '1m');
    const entry = {
      connectorType: 'hubspot',
      defaultInterval: '1h',
      override: '1m',
      effectiveInterval: '1m',
      updatedBy: 'ada',
      updatedAt: expect.any(String),
    };
    expect(overridden).toEqual({ version: 1, cadence: entry });
    await service.close();
    service = await start();
    expect((await cadences()).get('hubspot')).toEqual(overridden.cadence);
    expect((await cadences()).get('pipedrive')).not.toHaveProperty('override');

    const { override: _gone, ...reset } = { ...entry, effectiveInterval: '1h', updatedBy: 'eve' };
    expect(await set('hubspot', undefined, 'eve')).toEqual({ version: 2, cadence: reset });
    expect((await history('hubspot')).map(([type]) => type)).toEqual([
      'ConnectorCadenceOverridden',
      'ConnectorCadenceReset',
    ]);
  }, 30_000);

  it('changes nothing by what is set already, also at the same time', async () => {
    const answers = await Promise.all([set('x', '6h'), set('x', '6h', 'eve'), set('x', '6h')]);
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([1]));
    expect(new Set(answers.map(({ cadence }) => cadence?.updatedBy)).size).toBe(1);
    expect(await history('x')).toEqual([
      ['ConnectorCadenceOverridden', expect.objectContaining({ connectorType: 'x', interval: '6h' })],
    ]);
  });

  it.each([
    ['hubspot', '5m', 'unsupported_interval'],
    ['nonesuch', '5m', 'unsupported_interval'],
    ['nonesuch', '1m', 'not_found'],
    ['nonesuch', undefined, 'not_found'],
  ])('refuses %s %s: %s, and records nothing', async (type, interval, code) => {
    const before = await history(type);
    await expect(set(type, interval)).rejects.toMatchObject({ code });
    expect(await history(type)).toEqual(before);
  });
});
