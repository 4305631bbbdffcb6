import {
  advancedWatermark,
  sinceOf,
  type Page,
  type StreamDefinition,
  type Walk,
} from '@connections/connectors';
import type { Checkpoint, PassState } from '@connections/record-store';

/** The walks of a pass, in order. */
export function walksOf(stream: StreamDefinition, pass: PassState): readonly Walk[] {
  return pass.mode === 'full' ? stream.full : (stream.incremental ?? stream.full);
}

/** The next reading of a stream: in full the first time and when one is due, else since the watermark. */
export function newPass(
  stream: StreamDefinition,
  checkpoint: Checkpoint,
  now: Date,
  restarts = 0,
): PassState {
  const begun = { upper: now.toISOString(), walk: 0, pages: 0, restarts, tries: 0 };
  const { cursor } = stream;
  if (
    !cursor ||
    !stream.incremental ||
    checkpoint.watermark === undefined ||
    isFullDue(stream, checkpoint, now)
  ) {
    return { ...begun, mode: 'full', generation: checkpoint.generation + 1 };
  }
  const since = sinceOf(cursor, checkpoint.watermark);
  return { ...begun, mode: 'incremental', generation: checkpoint.generation, since };
}

function isFullDue(stream: StreamDefinition, { lastFullAt }: Checkpoint, now: Date): boolean {
  if (stream.fullReadEverySeconds === undefined || lastFullAt === undefined) return false;
  return now.getTime() - lastFullAt.getTime() >= stream.fullReadEverySeconds * 1000;
}

/** The pass after a page; `ended` when that was the last page of its last walk. */
export function afterPage(
  stream: StreamDefinition,
  pass: PassState,
  page: Page,
): { readonly pass: PassState; readonly ended: boolean } {
  const { page: _read, waits: _over, ...rest } = pass;
  const on = {
    ...rest,
    pages: pass.pages + 1,
    tries: 0,
    ...(page.seen === undefined ? {} : { seen: page.seen }),
  };
  if (page.next !== undefined) return { pass: { ...on, page: page.next }, ended: false };
  const walk = pass.walk + 1;
  return { pass: { ...on, walk }, ended: walk >= walksOf(stream, pass).length };
}

/** What a pass that ran to its end leaves for the next one. */
export function endOf(stream: StreamDefinition, pass: PassState, watermark: string | undefined) {
  return {
    watermark: stream.cursor ? advancedWatermark(stream.cursor, pass, watermark) : watermark,
    sweep: pass.mode === 'full' && stream.sweep,
  };
}
