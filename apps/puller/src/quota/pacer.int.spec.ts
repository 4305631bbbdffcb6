import { findConnector } from '@connections/connectors';

import { quotas, startHouse, type House } from '../../test/house.js';

let house: House;
beforeAll(async () => {
  house = await startHouse();
  for (const quota of quotas) delete process.env[quota];
}, 60_000);
afterAll(() => house.close());

/** Read as sync would have it: in full, then for what is new. */
async function read(
  type: string,
  runs: number,
  records: object,
): Promise<{ refused: number; requests: number; waited: boolean }> {
  await house.control(type, { enforce_limits: true, records });
  const connection = await house.connection(type);
  const streams = findConnector(type)!.streams.map(({ name }) => name);
  house.neighbours.reports.length = 0;
  for (let run = 0; run < runs; run++) {
    for (const progress of Object.values(await house.run(connection, streams))) {
      expect(progress).toMatchObject({ state: 'done' });
    }
  }
  const waited = house.neighbours.reports.some(({ streams }) =>
    streams.some(({ state }) => state === 'waiting'),
  );
  const asked = await house.requests(type);
  return { refused: asked.filter(({ status }) => status === 429).length, requests: asked.length, waited };
}

describe('a provider that counts an account’s requests', () => {
  it.each([
    ['gong', 2, {}, 'in place: a second is too short to let go of a stream'],
    ['granola', 2, { notes: 30 }, 'without a worker'],
    ['hubspot', 4, {}, 'in place'],
  ])(
    '%s never has to refuse one',
    async (type, runs, records, waits) => {
      const { refused, requests, waited } = await read(type, runs, records);
      expect(requests).toBeGreaterThan(10);
      expect([type, refused, waited]).toEqual([type, 0, waits === 'without a worker']);
    },
    120_000,
  );
});
