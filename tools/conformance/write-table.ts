// Makes docs/connector-conformance.md of what the suite left in the results' directory; `--check` compares instead.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectors, pullerStatus } from '@connections/connectors';
import { format, resolveConfig } from 'prettier';
import type { ConnectorResult } from '../../apps/puller/test/conformance/proof.js';
import { gaps, table } from './table.js';

const [resultsDir = '', page = '', mode] = process.argv.slice(2);

const results = new Map<string, ConnectorResult>();
for (const file of existsSync(resultsDir) ? readdirSync(resultsDir) : []) {
  const result = JSON.parse(readFileSync(join(resultsDir, file), 'utf8')) as ConnectorResult;
  results.set(result.type, result);
}
const live = connectors.filter((definition) => pullerStatus(definition) === 'live');
const planned = connectors.filter((definition) => pullerStatus(definition) === 'planned');

const missing = gaps(live, results);
if (missing.length > 0) {
  console.error(missing.join('\n'));
  process.exit(1);
}
const text = await format(table(live, planned, results), {
  ...(await resolveConfig(page)),
  parser: 'markdown',
});
if (mode === '--check') {
  if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
    console.error(`${page} is not what this run has shown: npm run conformance makes it anew.`);
    process.exit(1);
  }
} else {
  writeFileSync(page, text);
}
