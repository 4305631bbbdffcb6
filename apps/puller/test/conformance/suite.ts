import { jest } from '@jest/globals';
import { createProviderHttp, findConnector } from '@connections/connectors';
import { startHouse, type House } from '../house.js';
import type { CaseName } from './cases.js';
import { describeChanges } from './changes.js';
import type { ConnectorCase } from './connector-case.js';
import { describeExpiry } from './expiry.js';
import { describeFaults } from './faults.js';
import { describeKills } from './kills.js';
import { Proof } from './proof.js';
import { Reference } from './reference.js';
import { describeThrottles } from './throttles.js';

// A puller that shares two cores with other suites writes a few hundred records a second.
jest.setTimeout(60_000);

/**
 * What every connector promises, whatever its provider; called once in a `conformance/*.int.spec.ts`. What was shown
 * goes to `.data/conformance`, of which `docs/connector-conformance.md` is made.
 * @param more tests of what one provider alone does, in the same house
 */
export function describeConnectors(
  connectors: readonly ConnectorCase[],
  more?: (house: () => House) => void,
): void {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  }, 60_000);
  afterAll(() => house.close());

  for (const connector of connectors) {
    describe(connector.type, () => describeConnector(() => house, connector));
  }

  more?.(() => house);
}

function describeConnector(house: () => House, connector: ConnectorCase): void {
  const { type, account, records, absent = {} } = connector;
  const proof = new Proof(
    type,
    connector.throttles.map(({ says }) => says),
  );
  const reference = new Reference(house, connector);
  const asTheCaseSays = async () => void (records && (await house().control(type, { records })));
  beforeAll(async () => {
    await asTheCaseSays();
    await reference.take();
  });
  beforeEach(asTheCaseSays);
  afterEach(() => house().reset(type));
  afterAll(() => proof.write());

  it('declares the streams that are tested here', () => {
    const names = findConnector(type)!.streams.map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(connector.streams).sort());
  });

  if (account) {
    it('knows a good key from a bad one', async () => {
      const { auth } = findConnector(type)!;
      if (auth.method !== 'api_key') throw new Error(`${type} has no API key`);
      const { credentialId } = await house().connection(type);
      const { token } = house().neighbours.vault.get(credentialId)!;
      const http = (key: string) =>
        createProviderHttp({ definition: findConnector(type)!, token: key, env: process.env });
      // Keys are pasted, often with the line's end.
      expect(await auth.verify(http(`${token}\n`))).toEqual(account);
      await expect(auth.verify(http('wrong'))).rejects.toMatchObject({ fault: { kind: 'auth' } });
    });
  }

  for (const [name, reason] of Object.entries(absent)) proof.absent(name as CaseName, reason);
  describeChanges(house, connector, proof, reference);
  describeThrottles(house, connector, proof, reference);
  describeFaults(house, connector, proof, reference);
  describeExpiry(house, connector, proof, reference);
  describeKills(house, connector, proof, reference);
}
