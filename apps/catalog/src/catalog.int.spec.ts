import { CatalogService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { startNats } from '@connections/testing';
import { startCatalog } from './index.js';
import { loadCatalogConfig } from './config.js';

describe('the catalog service', () => {
  let service: RunningService;
  let bus: Bus;

  beforeAll(async () => {
    const { url } = startNats();
    service = await startCatalog(loadCatalogConfig({ NATS_URL: url }));
    bus = await Bus.connect('test', url);
  });
  afterAll(async () => {
    await bus.close();
    await service.close();
  });

  it('answers with all seventeen connectors', async () => {
    const { connectors } = await bus.rpc(CatalogService).listConnectors({});
    expect(connectors).toHaveLength(17);
    const live = connectors.filter(({ pullerStatus }) => pullerStatus === 'live').map(({ type }) => type);
    expect(live).toEqual(expect.arrayContaining(['hubspot', 'pipedrive', 'x']));
    expect(live).not.toContain('circleback');
  });
});
