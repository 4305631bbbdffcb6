// Runs the benches that its arguments name, or all; see tools/bench.mjs for the servers that they find.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { audience } from './audience.js';
import { isMet, type Bench, type Finding, type Outcome } from './bench.js';
import { connectors } from './connectors.js';
import { consoleInBrowser } from './console/console.js';
import { fairness } from './fairness.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { pull } from './pull.js';
import { reads } from './reads.js';
import { repull } from './repull.js';
import { round } from './statistics.js';
import { thousand } from './thousand/thousand.js';
import { twoPullers } from './two-pullers.js';

const benches: readonly Bench[] = [
  pull,
  repull,
  memory,
  latency,
  fairness,
  reads,
  audience,
  connectors,
  twoPullers,
  thousand,
  consoleInBrowser,
];
const file = join(import.meta.dirname, 'results.json');

const names = process.argv.slice(2);
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}; there are: ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const scale = Number(process.env.BENCH_SCALE || 1);
if (!(scale > 0 && scale <= 1)) {
  console.error('BENCH_SCALE is to be above 0 and at most 1.');
  process.exit(1);
}

const began = Date.now();
const outcomes = new Map<string, Outcome>();
for (const [index, bench] of benches.entries()) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  console.log(`▸ ${index + 1} ${bench.name}: ${bench.title}`);
  outcomes.set(bench.name, await bench.run(scale));
}

console.log();
const rows = [...outcomes].flatMap(([name, { findings }]) => findings.map((finding) => row(name, finding)));
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
for (const cells of rows)
  console.log(
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
console.log(`\n${Math.round((Date.now() - began) / 1000)} s`);
if (scale === 1) save();
else console.log('Not written to bench/results.json: BENCH_SCALE is below 1.');
process.exit(0);

function row(bench: string, finding: Finding): string[] {
  const { what, value, unit, target } = finding;
  const promised = 'atLeast' in target ? `≥ ${target.atLeast}` : `< ${target.under}`;
  return [bench, what, `${round(value)} ${unit}`, promised, isMet(finding) ? '✓' : '✗ missed'];
}

/** A bench that did not run now keeps what it showed last, with the machine and date of then. */
function save(): void {
  const earlier = read();
  const machine = {
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    memory_gb: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
  const date = new Date().toISOString();
  const results = Object.fromEntries(
    benches.map(({ name, title }) => {
      const outcome = outcomes.get(name);
      if (!outcome) return [name, earlier[name]];
      const findings = outcome.findings.map((finding) => ({
        ...finding,
        value: round(finding.value, 3),
        met: isMet(finding),
      }));
      return [name, { title, date, machine, findings, raw: outcome.raw }];
    }),
  );
  writeFileSync(file, JSON.stringify(results, null, 2) + '\n');
  console.log('Written to bench/results.json.');
}

function read(): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
