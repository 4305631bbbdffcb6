import type { Change, ChangeReader, ConnectionReader, TimedStatus } from '@connections/read-model';

import { liveEvent, removedEvent, type LiveEvent } from './live-event.js';
import type { ResumePoint } from './resume-point.js';

export type Listener = (events: readonly LiveEvent[]) => void;

/** What a subscriber is told first: what it missed, or undefined when that is no longer known. */
export interface Opening {
  readonly missed: readonly LiveEvent[] | undefined;
  readonly point: ResumePoint;
}

/** A change of the catalog's default intervals, with a deployment, moves the moment of staleness: looking again sees it. */
const LOOK_AGAIN_MS = 30_000;
/** Replicas' clocks may differ by so much: what time alone changed is rather told twice. */
const CLOCKS_DIFFER_MS = 5_000;
/** What running runs have written is looked at so often while somebody listens: no event tells it before a stream's end. */
const PROGRESS_MS = 3_000;

/** The changes of one workspace, read once for all of this gateway's subscribers to it. */
export class WorkspaceFeed {
  private readonly listeners = new Set<Listener>();
  private known = new Map<string, TimedStatus>();
  private version = 0;
  private readonly begun: Promise<void>;
  private work: Promise<unknown> = Promise.resolve();
  private ended = false;
  private looking = false;
  private timer: NodeJS.Timeout | undefined;
  private progressTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly workspaceId: string,
    private readonly changes: ChangeReader,
    private readonly connections: ConnectionReader,
  ) {
    this.begun = this.begin();
    this.begun.catch(() => undefined); // those who subscribe are told
  }

  /** The version that has been told of. */
  get toldVersion(): number {
    return this.version;
  }

  /** Listens from now on; with `since` also tells what was missed from there on. Rejects while the views are away. */
  subscribe(listener: Listener, since?: ResumePoint): Promise<Opening> {
    // In turn with looking: between what was missed and what is heard nothing is lost, and nothing is told twice.
    return this.inTurn(async () => {
      const point = this.point();
      const missed = since ? await this.missed(since, point) : [];
      this.listeners.add(listener);
      return { missed, point };
    });
  }

  unsubscribe(listener: Listener): void {
    this.listeners.delete(listener);
  }

  /** Reads what has changed and tells it. One look at a time, and one more for all who ask meanwhile. */
  look(): void {
    if (this.looking) return;
    this.looking = true;
    this.inTurn(async () => {
      this.looking = false;
      await this.tellChanges();
    }).catch(() => undefined); // the next poll looks again
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    clearTimeout(this.progressTimer);
    this.listeners.clear();
  }

  private async begin(): Promise<void> {
    const { to } = await this.changes.range(this.workspaceId);
    this.version = to;
    this.known = await this.connections.statuses(this.workspaceId, null);
    this.wakeAtNextTurn();
    this.wakeForProgress();
  }

  private async tellChanges(): Promise<void> {
    const { to } = await this.changes.range(this.workspaceId);
    if (to === this.version) return;
    const found = await this.changes.between(this.workspaceId, this.version, to);
    const events = await this.eventsOf(found);
    this.version = to;
    this.wakeAtNextTurn();
    this.wakeForProgress();
    this.tell(events);
  }

  /** What time alone has changed. */
  private async tellTurned(): Promise<void> {
    const now = await this.connections.statuses(this.workspaceId, null);
    const turned = [...now].filter(([id, { value }]) => {
      const before = this.known.get(id);
      return before !== undefined && before.value.health !== value.health;
    });
    this.known = now;
    const point = this.point();
    this.tell(turned.map(([, { value }]) => liveEvent('connection', point, value)));
  }

  /** How far the running runs have come. */
  private async tellProgress(): Promise<void> {
    const statuses = await this.connections.statuses(this.workspaceId, this.running());
    const point = this.point();
    const grown: LiveEvent[] = [];
    for (const [id, status] of statuses) {
      if (written(status) !== written(this.known.get(id))) grown.push(liveEvent('run', point, status.value));
      this.known.set(id, status);
    }
    this.tell(grown);
  }

  private async missed(since: ResumePoint, now: ResumePoint): Promise<LiveEvent[] | undefined> {
    const { from } = await this.changes.range(this.workspaceId);
    if (since.version > now.version) return undefined; // not of this read model
    if (since.version < now.version && (from === null || since.version < from - 1)) return undefined;
    const turned = [...(await this.connections.statuses(this.workspaceId, null))]
      .filter(([, { staleSince }]) => staleSince !== null && staleSince >= since.at - CLOCKS_DIFFER_MS)
      .map(([, { value }]) => liveEvent('connection', now, value));
    const found = await this.changes.between(this.workspaceId, since.version, now.version);
    return [...(await this.eventsOf(found)), ...turned];
  }

  private async eventsOf(changes: readonly Change[]): Promise<LiveEvent[]> {
    if (changes.length === 0) return [];
    const ids = [...new Set(changes.map(({ connectionId }) => connectionId))];
    const statuses = await this.connections.statuses(this.workspaceId, ids);
    for (const id of ids) {
      const status = statuses.get(id);
      if (status) this.known.set(id, status);
      else this.known.delete(id);
    }
    const at = Date.now();
    return changes.flatMap(({ connectionId, kind, version }) => {
      const status = statuses.get(connectionId);
      if (status) return [liveEvent(kind, { version, at }, status.value)];
      // A run may be shown before its connection is: only what is logged with the row itself tells that it is gone.
      return kind === 'connection' ? [removedEvent({ version, at }, connectionId)] : [];
    });
  }

  private tell(events: readonly LiveEvent[]): void {
    if (events.length > 0) for (const listener of this.listeners) listener(events);
  }

  private running(): string[] {
    return [...this.known].flatMap(([id, { value }]) => (value.last_run?.status === 'running' ? [id] : []));
  }

  private wakeForProgress(): void {
    if (this.progressTimer || this.ended || this.running().length === 0) return;
    this.progressTimer = setTimeout(() => {
      this.progressTimer = undefined;
      this.inTurn(() => this.tellProgress())
        .catch(() => undefined)
        .finally(() => this.wakeForProgress());
    }, PROGRESS_MS).unref();
  }

  private wakeAtNextTurn(): void {
    clearTimeout(this.timer);
    if (this.ended) return;
    const turns = [...this.known.values()].map(({ staleAt }) => staleAt).filter((at) => at !== null);
    const next = turns.reduce((earliest, at) => Math.min(earliest, at), Infinity);
    const wait = Math.min(Math.max(next - Date.now(), 0) + 1, LOOK_AGAIN_MS);
    this.timer = setTimeout(() => {
      this.inTurn(() => this.tellTurned())
        .catch(() => undefined)
        .finally(() => this.wakeAtNextTurn());
    }, wait).unref();
  }

  private point(): ResumePoint {
    return { version: this.version, at: Date.now() };
  }

  private inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.work.then(() => this.begun).then(step);
    this.work = done.catch(() => undefined);
    return done;
  }
}

/** By which run, and how much. */
const written = (status: TimedStatus | undefined): string =>
  `${status?.value.last_run?.id} ${status?.value.last_run?.records_written}`;
