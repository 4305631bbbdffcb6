import type { RunSummaryRow } from '../connection/connection-row.js';

/** What running runs have written so far, which no event tells before a stream's end: the record store knows by the page. */
export interface RunProgress {
  /** Records written by each stream that a run has touched, by the run's id. */
  written(
    runs: readonly { readonly connectionId: string; readonly runId: string }[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>>;
}

/** How long an answer that shows a running run is kept: its records grow without an event. */
export const PROGRESS_FRESH_MS = 2000;

/** The SQL of how many streams of a run `r` are done; failed ones and those that it never came to are not. */
export const STREAMS_DONE = `case when r.status = 'running'
  then (select count(*)::int from jsonb_array_elements(r.streams) s where s->>'status' = 'completed')
  else r.streams_total - r.streams_failed end`;

/** The run with what it has written by now; what an event has told already is never less. */
export function withProgress<Run extends Pick<RunSummaryRow, 'records_written'>>(
  run: Run,
  written: ReadonlyMap<string, number> | undefined,
): Run {
  if (!written) return run;
  const sum = [...written.values()].reduce((total, one) => total + one, 0);
  return sum > run.records_written ? { ...run, records_written: sum } : run;
}
