import { eventually } from '@connections/testing';

import { Collector, type CollectedSpan } from './house/collector.js';
import { House } from './house/house.js';

let collector: Collector;
let house: House;

beforeAll(async () => {
  collector = await Collector.open();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' };
  const others = ['access', 'catalog', 'connections', 'oauth', 'sync', 'projection'];
  house = await House.open({ env, services: others });
  // The borders that a trace has to cross are those between processes.
  await Promise.all([house.start('gateway'), house.start('puller')]);
}, 90_000);

afterAll(async () => {
  await house?.close();
  await collector?.close();
});

it('leads one trace from the request through command, outbox and queue to every provider request', async () => {
  const admin = house.client();
  const connected = await admin.post<{ connection: { id: string } }>('/connections', {
    connector_type: 'pipedrive',
    api_key: 'sandbox_2001',
  });
  expect(connected.status).toBe(201);
  const traceId = connected.headers.get('traceparent')?.split('-')[1] ?? '';
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  const { id } = connected.body.connection;
  const { last_run } = await admin.settled(id);

  const run = await admin.get<{ trace_id: string; streams: { requests: number }[] }>(
    `/connections/${id}/runs/${last_run?.id}`,
  );
  expect(run.body.trace_id).toBe(traceId);

  const requests = run.body.streams.reduce((sum, stream) => sum + stream.requests, 0);
  // Spans arrive in batches from each process; in the end all are there.
  await eventually(() => {
    const spans = collector.trace(traceId);
    expect(spans.filter(isProviderRequest).length).toBeGreaterThanOrEqual(requests);
    const names = spans.map(({ service, name }) => `${service}: ${name}`);
    for (const step of steps) expect(names).toContainEqual(expect.stringMatching(step));
    // One beginning, and every other span's parent is there: nothing was cut off on the way.
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => !parentSpanId)).toHaveLength(1);
    expect(spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId))).toEqual([]);
  });
}, 60_000);

/** The way of a connect, each part in the process that does it. */
const steps = [
  /^gateway: POST /,
  /^access: rpc access\.Authenticate/,
  /^oauth: rpc oauth\.StageApiKey/,
  /^connections: rpc connections\.Connect/,
  /^connections: publish ConnectionEstablished/,
  /^sync: follow-connections ConnectionEstablished/,
  /^sync: dispatch slice/,
  /^puller: work pull\.crm/,
  /^puller: pull page/,
  /^sync: rpc sync\.ReportSlice/,
  /^projection: .*SyncRunFinished/,
];

const isProviderRequest = ({ service, attributes }: CollectedSpan) =>
  service === 'puller' && attributes['connector.type'] !== undefined && attributes['url.path'] !== undefined;
