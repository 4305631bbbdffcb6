import { join } from 'node:path';
import { sourceArguments } from '../dev/processes.mjs';
import { dataDirectory } from '../setup/data-directory.mjs';
import { root } from '../setup/install.mjs';

/** Where each conformance spec leaves what it showed; to be emptied before a run, or an old result would count. */
export const conformanceResults = () => join(dataDirectory(), 'conformance');

/**
 * The command that makes the table of the results.
 * @param {'--check'} [mode] only compares it with the committed one
 * @returns {string[]}
 */
export const tableCommand = (mode) => [
  'node',
  ...sourceArguments,
  join(root, 'tools/conformance/write-table.ts'),
  conformanceResults(),
  join(root, 'docs/connector-conformance.md'),
  ...(mode ? [mode] : []),
];
