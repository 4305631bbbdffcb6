import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { caseNames, type CaseName } from './cases.js';

/** What a run of the suite showed of one connector; kept for `tools/conformance`, which makes the table of it. */
export interface ConnectorResult {
  readonly type: string;
  readonly cases: Record<CaseName, CaseResult>;
  /** The forms of throttling that were tested. */
  readonly throttles: readonly string[];
}

export interface CaseResult {
  /** Tests of this case, and how many of them passed in this run. */
  readonly tests: number;
  readonly passed: number;
  /** Why there is nothing to test. */
  readonly absent?: string;
  /** What holds for a part of the case only. */
  readonly notes: readonly { readonly text: string; readonly streams: readonly string[] }[];
}

interface Note {
  readonly text: string;
  readonly streams: string[];
}

const directory = join(
  resolve(import.meta.dirname, '../../../..', process.env['DATA_DIR'] || '.data'),
  'conformance',
);

/** Counts which cases of a connector have tests, and which of these passed: a case nobody tests is a gap, not a tick. */
export class Proof {
  private readonly cases = Object.fromEntries(
    caseNames.map((name) => [name, { tests: 0, passed: 0, notes: [] as Note[] }]),
  ) as Record<CaseName, { tests: number; passed: number; absent?: string; notes: Note[] }>;

  constructor(
    private readonly type: string,
    private readonly throttles: readonly string[],
  ) {}

  /** A test that has to pass for each of these cases. */
  test(names: CaseName | readonly CaseName[], title: string, work: () => Promise<void>): void {
    const cases = [names].flat().map((name) => this.cases[name as CaseName]);
    for (const one of cases) one.tests++;
    it(title, async () => {
      await work();
      for (const one of cases) one.passed++;
    });
  }

  /** The case cannot happen at this provider; `reason` is what the table says. */
  absent(name: CaseName, reason: string): void {
    this.cases[name].absent = reason;
  }

  /** What holds for a part of the case, or for this stream alone. */
  note(name: CaseName, text: string, stream?: string): void {
    const { notes } = this.cases[name];
    const same = notes.find((note) => note.text === text);
    if (!same) notes.push({ text, streams: stream === undefined ? [] : [stream] });
    else if (stream !== undefined) same.streams.push(stream);
  }

  /** Called when all tests have run. */
  write(): void {
    mkdirSync(directory, { recursive: true });
    const result: ConnectorResult = { type: this.type, cases: this.cases, throttles: this.throttles };
    writeFileSync(join(directory, `${this.type}.json`), JSON.stringify(result, null, 2));
  }
}
