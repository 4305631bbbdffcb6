import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DescMessage } from '@bufbuild/protobuf';

import { decode, encode, eventsOf } from './index.js';

const directory = join(import.meta.dirname, '../golden');
const events: [string, DescMessage][] = Object.values(eventsOf).flatMap((schemas) => Object.entries(schemas));

/**
 * Events stay in databases for ever: what was written years ago must be read as it was meant. Each file is an event as the
 * first release that had it wrote it; it is never edited, only added to.
 */
describe('events as they were once written', () => {
  it.each(events)('%s is read unchanged', (type, schema) => {
    const written = JSON.parse(readFileSync(join(directory, `${type}.v1.json`), 'utf8'));
    const read = decode(schema, written);
    expect(read).toMatchObject(written);
    expect(encode(schema, read)).toMatchObject(written);
  });

  it('are all of events that there still are', () => {
    const types = events.map(([type]) => `${type}.v1.json`);
    expect(readdirSync(directory).sort()).toEqual(types.sort());
  });
});
