import { jest } from '@jest/globals';
import { createProviderHttp, findConnector } from '@connections/connectors';
import { startHouse, type House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';
import { describeChanges } from './changes.js';
import { describeFaults } from './faults.js';

// A puller that shares two cores with other suites writes a few hundred records a second.
jest.setTimeout(60_000);

/**
 * What every connector promises, whatever its provider; called once in a `conformance/*.int.spec.ts`.
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

  describe.each(connectors.map((connector) => [connector.type, connector] as const))(
    '%s',
    (type, connector) => {
      afterEach(() => house.reset(type));

      it('declares the streams that are tested here', () => {
        const names = findConnector(type)!.streams.map(({ name }) => name);
        expect(names.sort()).toEqual(Object.keys(connector.streams).sort());
      });

      const { account } = connector;
      if (account) {
        it('knows a good key from a bad one', async () => {
          const { auth } = findConnector(type)!;
          if (auth.method !== 'api_key') throw new Error(`${type} has no API key`);
          const { credentialId } = await house.connection(type);
          const { token } = house.neighbours.vault.get(credentialId)!;
          const http = (key: string) =>
            createProviderHttp({ definition: findConnector(type)!, token: key, env: process.env });
          // Keys are pasted, often with the line's end.
          expect(await auth.verify(http(`${token}\n`))).toEqual(account);
          await expect(auth.verify(http('wrong'))).rejects.toMatchObject({ fault: { kind: 'auth' } });
        });
      }

      describeChanges(() => house, connector);
      describeFaults(() => house, connector);
    },
  );

  more?.(() => house);
}
