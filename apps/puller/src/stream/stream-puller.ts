import { randomUUID } from 'node:crypto';
import type { ConnectorDefinition, StreamDefinition } from '@connections/connectors';
import type { Plain, PullSlice } from '@connections/contracts';
import { createLogger, withSpan } from '@connections/platform';
import {
  RecordWriter,
  type Checkpoint,
  type PassState,
  type RunTotals,
  type StreamKey,
} from '@connections/record-store';
import { Injectable } from '@nestjs/common';
import { PullerConfig } from '../config.js';
import { keepLease, LEASE_MS } from './lease-keeper.js';
import { PageFetcher, type Fetched } from './page-fetcher.js';
import { afterPage, endOf, newPass } from './pass.js';
import { pause } from './pause.js';
import type { TokenLease } from './token-leases.js';
import { verdictOf, type Counted, type StreamEnd } from './verdict.js';

/** When a slice ends: `endsAt` in monotonic milliseconds, or at once when `halt` aborts; both at the next page. */
export interface SliceClock {
  readonly halt: AbortSignal;
  readonly endsAt: number;
}

export interface StreamJob {
  readonly slice: Plain<PullSlice>;
  readonly definition: ConnectorDefinition;
  readonly stream: StreamDefinition;
  readonly token: TokenLease;
  readonly clock: SliceClock;
  readonly onLease: (token: string) => void;
}

export interface Pulled {
  readonly end: StreamEnd;
  readonly totals: RunTotals;
}

/** Another worker holds the stream. */
export class StreamHeld extends Error {
  override readonly name = 'StreamHeld';

  constructor(readonly heldForMs: number) {
    super('another worker holds the stream');
  }
}

/** Five workers in a row died over the stream; a sixth would as well. */
const MOST_LEASES = 5;

/** Pulls one stream for as long as its slice lasts. */
@Injectable()
export class StreamPuller {
  private readonly logger = createLogger('puller');

  constructor(
    private readonly writer: RecordWriter,
    private readonly pages: PageFetcher,
    private readonly config: PullerConfig,
  ) {}

  /** Throws StreamHeld, LeaseLost, and whatever says that database or bus are away. */
  async pull(job: StreamJob): Promise<Pulled> {
    const key = { connectionId: job.slice.connectionId, stream: job.stream.name };
    const lease = randomUUID();
    const checkpoint = await this.writer.lease({
      ...key,
      runId: job.slice.runId,
      token: lease,
      forMs: LEASE_MS,
    });
    if ('heldForMs' in checkpoint) throw new StreamHeld(checkpoint.heldForMs);
    job.onLease(lease);
    if (checkpoint.run.done) return { end: { state: 'done' }, totals: checkpoint.run };
    if (checkpoint.leaseCount > MOST_LEASES) {
      this.logger.error({ ...key, runId: job.slice.runId }, 'Workers keep dying over this stream');
      return { end: { state: 'failed', reason: 'unknown' }, totals: checkpoint.run };
    }
    const letGo = keepLease(this.writer, key, lease);
    try {
      return await new Reading(
        job,
        key,
        lease,
        checkpoint,
        this.writer,
        this.pages,
        this.config.retryMs,
      ).run();
    } finally {
      letGo();
    }
  }
}

/** One stream's pages within one slice. */
class Reading {
  private pass: PassState;
  private totals: RunTotals;

  constructor(
    private readonly job: StreamJob,
    private readonly key: StreamKey,
    private readonly lease: string,
    private readonly checkpoint: Checkpoint,
    private readonly writer: RecordWriter,
    private readonly pages: PageFetcher,
    private readonly retryMs: number,
  ) {
    this.totals = checkpoint.run;
  }

  async run(): Promise<Pulled> {
    const { pass } = this.checkpoint;
    const next = pass ?? newPass(this.job.stream, this.checkpoint, new Date());
    // The provider works on the first page while the pass is begun.
    let coming = this.fetch(next);
    if (pass) this.pass = pass;
    else await this.begin(next);
    for (;;) {
      const fetched = await coming;
      if ('fault' in fetched) {
        const end = await this.afterFault(fetched);
        if (end) return { end, totals: this.totals };
        coming = this.fetch(this.pass);
        continue;
      }
      const next = afterPage(this.job.stream, this.pass, fetched.page);
      const stop = this.isOver();
      // The provider works on the next page while this one is written.
      if (!next.ended && !stop) coming = this.fetch(next.pass);
      await this.write(fetched, next);
      if (next.ended) return { end: { state: 'done' }, totals: this.totals };
      if (stop) return { end: { state: 'next' }, totals: this.totals };
    }
  }

  private isOver(): boolean {
    return this.job.clock.halt.aborted || performance.now() >= this.job.clock.endsAt;
  }

  private fetch(pass: PassState): Promise<Fetched> {
    return this.pages.fetch(this.job, pass);
  }

  private async begin(pass: PassState): Promise<void> {
    await this.writer.beginPass(this.key, this.lease, pass);
    this.pass = pass;
    this.totals = { ...this.totals, mode: pass.mode };
  }

  private async write(
    { page }: Extract<Fetched, { page: unknown }>,
    next: { readonly pass: PassState; readonly ended: boolean },
  ): Promise<void> {
    const requests = this.job.token.takeRequests();
    const { stream } = this.job;
    const attributes = { 'connections.stream': stream.name, 'connections.records': page.records.length };
    const result = await withSpan('write page', attributes, () =>
      this.writer.writePage(
        this.key,
        this.lease,
        {
          records: page.records,
          meaning: page.meaning,
          gone: page.gone,
          requests,
          pass: next.pass,
          remember: this.pass.mode === 'full' && stream.sweep,
          ...(next.ended ? { end: endOf(stream, next.pass, this.checkpoint.watermark) } : {}),
        },
        LEASE_MS,
      ),
    );
    this.pass = next.pass;
    this.totals = {
      ...this.totals,
      mode: next.pass.mode,
      written: this.totals.written + result.written,
      deleted: this.totals.deleted + result.deleted,
      requests: this.totals.requests + requests,
    };
  }

  /** Undefined: the page is to be tried again. */
  private async afterFault({ fault }: Extract<Fetched, { fault: unknown }>): Promise<StreamEnd | undefined> {
    const verdict = verdictOf(fault, {
      tries: this.pass.tries,
      waits: this.pass.waits ?? 0,
      restarts: this.pass.restarts,
      platformCredential: this.job.definition.auth.method === 'handle',
      now: Date.now(),
      chance: Math.random(),
      retryMs: this.retryMs,
    });
    switch (verdict.kind) {
      case 'restart':
        await this.note(this.pass);
        await this.restart();
        return this.isOver() ? { state: 'next' } : undefined;
      case 'again':
        this.pass = this.counting(verdict.counts);
        await pause(verdict.inMs, this.job.clock.halt);
        if (!this.isOver()) return undefined;
        await this.note(this.pass);
        return { state: 'next' };
      case 'end': {
        // The next run begins this page with all its tries, waits and restarts: without these, a page cursor that died
        // once too often would be met again by every run to come.
        const afresh = { ...this.pass, tries: 0, waits: 0, restarts: 0 };
        await this.note(verdict.end.state === 'failed' ? afresh : this.counting(verdict.counts));
        return verdict.end;
      }
    }
  }

  private counting(what: Counted | undefined): PassState {
    return what ? { ...this.pass, [what]: (this.pass[what] ?? 0) + 1 } : this.pass;
  }

  private restart(): Promise<void> {
    const { generation, restarts } = this.pass;
    const { watermark, ...from } = { ...this.checkpoint, generation };
    // A token is its own page cursor: a pass that began with it again would be refused again.
    const again = this.job.stream.cursor?.kind === 'token' ? from : { ...from, watermark };
    return this.begin(newPass(this.job.stream, again as Checkpoint, new Date(), restarts + 1));
  }

  private async note(pass: PassState): Promise<void> {
    const requests = this.job.token.takeRequests();
    await this.writer.noteFailure(this.key, this.lease, pass, requests);
    this.totals = { ...this.totals, requests: this.totals.requests + requests };
  }
}
