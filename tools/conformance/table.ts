import type { ConnectorDefinition } from '@connections/connectors';
import { caseNames, conformanceCases, type CaseName } from '../../apps/puller/test/conformance/cases.js';
import type { CaseResult, ConnectorResult } from '../../apps/puller/test/conformance/proof.js';

/** What the suite has not shown: one sentence each. Empty: no gap. */
export function gaps(
  live: readonly { readonly type: string }[],
  results: ReadonlyMap<string, ConnectorResult>,
): string[] {
  return live.flatMap(({ type }) => {
    const result = results.get(type);
    if (!result) return [`${type}: the suite has not run over it.`];
    return caseNames.flatMap((name) => {
      const { tests, passed, absent } = result.cases[name];
      if (passed < tests) return [`${type}: ${conformanceCases[name]}: ${passed} of ${tests} tests passed.`];
      return tests > 0 || absent ? [] : [`${type}: ${conformanceCases[name]}: no test, and no reason why.`];
    });
  });
}

/** The text of `docs/connector-conformance.md`: what was shown, in an order and words that the same run repeats. */
export function table(
  live: readonly ConnectorDefinition[],
  planned: readonly ConnectorDefinition[],
  results: ReadonlyMap<string, ConnectorResult>,
): string {
  const footnotes = new Footnotes();
  const rows = live.map(({ type, name }) => {
    const cells = caseNames.map((one) => cell(results.get(type)!.cases[one], footnotes));
    return [name, ...cells];
  });
  const throttles = live.map(({ type, name }) => [name, results.get(type)!.throttles.join(' · ')]);
  return `# What every connector was seen to do

Made by \`npm run conformance\` from what [the suite](../apps/puller/test/conformance) showed; \`npm test\` fails when this page and its own
run differ, or a connector lacks a case. In each case the puller holds in the end what an undisturbed one holds, record by
record, and shows the reason meanwhile.

${markdown(['connector', ...caseNames.map((one) => conformanceCases[one])], rows)}

${footnotes.text()}

${planned.map(({ name }) => name).join(', ')}: planned, no puller.

## What a case is

${markdown(
  ['case', 'what happens'],
  caseNames.map((one) => [conformanceCases[one], meanings[one]]),
)}

## Forms of throttling

Each was met in mid-stream: shown as \`rate_limit\` until the time that it names, then gone on from the page where it fell.

${markdown(['connector', 'forms'], throttles)}
`;
}

const meanings: Readonly<Record<CaseName, string>> = {
  full_sync: 'every stream read from nothing: complete, each record once',
  nothing_new: 'read again, incrementally and in full: nothing written',
  change: 'rows created and touched since, and while the stream was being read',
  deletion: 'rows deleted since: named by the provider, or missed by a full read that was due',
  expired_cursor: 'the provider forgot its page cursor in mid-pass: begun anew, nothing deleted',
  expired_token: 'refused in mid-pass: OAuth renewed unnoticed, others shown as refused until replaced',
  throttle: 'every form that the provider has, see below',
  burst_5xx: 'some are tried again; without end the stream ends `transient`, the next has its turn',
  dropped: 'the connection ends in mid-body: likewise',
  malformed: 'half of the JSON: likewise, and never taken for the end',
  killed: 'a worker dies before and after each commit of a page, leases kept: another goes on',
};

function cell({ tests, absent, notes }: CaseResult, footnotes: Footnotes): string {
  const said = absent
    ? [absent]
    : notes.map(({ text, streams }) => [streams.join(', '), text].filter(Boolean).join(': '));
  const marks = said.map((note) => footnotes.mark(note)).join(' ');
  const sign = absent || tests === 0 ? '—' : '✓';
  return marks ? `${sign} ${marks}` : sign;
}

/** Numbered by first use. */
class Footnotes {
  private readonly notes: string[] = [];

  mark(note: string): string {
    if (!this.notes.includes(note)) this.notes.push(note);
    return `<sup>${this.notes.indexOf(note) + 1}</sup>`;
  }

  text(): string {
    return this.notes.map((note, index) => `${index + 1}. ${note}`).join('\n');
  }
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
