import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

import { House } from '../../test/house.js';

const file = join(import.meta.dirname, '../../../console/src/api/schema.gen.ts');
const HEADER =
  '// Made by `npm run console:types` from the document that the gateway serves. Do not edit.\n\n';

let house: House;

beforeAll(async () => {
  house = await House.start(['access', 'gateway']);
}, 60_000);
afterAll(() => house?.close(), 60_000);

it('serves the document of which the console’s types were made', async () => {
  const { body } = await house.request('GET', '/api/openapi.json');
  const types = HEADER + astToString(await openapiTS(body, { alphabetize: true }));
  if (process.env.WRITE_CONSOLE_TYPES) writeFileSync(file, types);
  // Otherwise: `npm run console:types` makes them again.
  expect(readFileSync(file, 'utf8') === types).toBe(true);
}, 60_000);
