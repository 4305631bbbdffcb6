import { findConnector } from '@connections/connectors';
import type { Plain, PullSlice } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { createLogger } from '@connections/platform';
import { LeaseLost, SliceResults } from '@connections/record-store';
import { Injectable } from '@nestjs/common';
import { StreamHeld, StreamPuller, type SliceClock, type StreamJob } from '../stream/stream-puller.js';
import { TokenLeases } from '../stream/token-leases.js';
import type { StreamEnd } from '../stream/verdict.js';
import { progressOf, unstarted } from './progress.js';
import { SliceReports, type SliceReport, type StreamProgress } from './slice-reports.js';

const SLICE_MS = 20_000;
const CONTENDED_SLICE_MS = 2_000;
/** A little after another worker's lease has run out. */
const AFTER_LEASE_MS = 250;
const BUS_AWAY_MS = 2_000;

type SliceJob = Omit<StreamJob, 'stream'>;

/** Works on one slice: the lane's streams in order, until its time is over or nothing is left to do. */
@Injectable()
export class SliceWorker {
  private readonly logger = createLogger('puller');

  constructor(
    private readonly results: SliceResults,
    private readonly streams: StreamPuller,
    private readonly tokens: TokenLeases,
    private readonly reports: SliceReports,
  ) {}

  /** Ends when sync has the slice's report; else says when the message should come again. */
  async work(slice: Plain<PullSlice>, halt: AbortSignal): Promise<{ againInMs: number } | undefined> {
    let leases: readonly string[] = [];
    try {
      let report = await this.results.find<SliceReport>(slice);
      if (!report) {
        const pulled = await this.pull(slice, halt, (token) => (leases = [...leases, token]));
        report = await this.results.finish(slice, pulled, leases);
      }
      await this.reports.send(slice.workspaceId, report);
      return undefined;
    } catch (error) {
      if (error instanceof StreamHeld) return { againInMs: error.heldForMs + AFTER_LEASE_MS };
      if (error instanceof LeaseLost) {
        // Whoever took over reports; this message is theirs too, or its run is over.
        this.logger.info({ runId: slice.runId }, 'Another worker took the slice over');
        return undefined;
      }
      if (error instanceof DomainError && ['unavailable', 'timeout'].includes(error.code)) {
        // The house's own bus or vault: nothing that a stream could be blamed for.
        await this.results.release(leases);
        return { againInMs: BUS_AWAY_MS };
      }
      throw error;
    }
  }

  private async pull(
    slice: Plain<PullSlice>,
    halt: AbortSignal,
    onLease: (token: string) => void,
  ): Promise<SliceReport> {
    const report = {
      runId: slice.runId,
      lane: slice.lane,
      slice: slice.slice,
      credentialId: slice.credentialId,
    };
    const definition = findConnector(slice.connectorType);
    if (!definition?.api) {
      return {
        ...report,
        streams: slice.streams.map((stream) => unstarted(stream, { state: 'failed', reason: 'config' })),
      };
    }
    const clock: SliceClock = {
      halt,
      endsAt: performance.now() + (slice.contended ? CONTENDED_SLICE_MS : SLICE_MS),
    };
    const token = this.tokens.open(slice, definition);
    // While the stream's lease is taken; what is wrong with the token is met by the first page.
    token.http().catch(() => undefined);
    try {
      return { ...report, ...(await this.pullStreams({ slice, definition, token, clock, onLease })) };
    } finally {
      token.close();
    }
  }

  private async pullStreams(job: SliceJob): Promise<Pick<SliceReport, 'streams' | 'gate'>> {
    const names = job.slice.streams;
    const streams: StreamProgress[] = [];
    for (const [index, name] of names.entries()) {
      const pulled = await this.pullStream(job, name).catch((error: unknown) => {
        if (error instanceof StreamHeld && index > 0) return undefined;
        throw error;
      });
      if (!pulled) break;
      const { end } = pulled;
      streams.push(pulled.progress);
      if (end.everyStream) streams.push(...names.slice(index + 1).map((rest) => unstarted(rest, end)));
      if (end.gate) return { streams, gate: end.gate };
      if (end.everyStream || end.state === 'next' || end.state === 'waiting') break;
      if (job.clock.halt.aborted || performance.now() >= job.clock.endsAt) break;
    }
    return { streams };
  }

  private async pullStream(
    job: SliceJob,
    name: string,
  ): Promise<{ end: StreamEnd; progress: StreamProgress }> {
    const stream = job.definition.streams.find((candidate) => candidate.name === name);
    if (!stream) {
      const end: StreamEnd = { state: 'failed', reason: 'config' };
      return { end, progress: unstarted(name, end) };
    }
    const { end, totals } = await this.streams.pull({ ...job, stream });
    if (end.state === 'failed') {
      const { runId, connectorType } = job.slice;
      this.logger.warn(
        { runId, connectorType, stream: name, reason: end.reason, fault: end.note },
        'A stream failed',
      );
    }
    return { end, progress: progressOf(name, end, totals) };
  }
}
