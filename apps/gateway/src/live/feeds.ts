import { changedSubject } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { ChangeReader, ConnectionReader, VersionReader } from '@connections/read-model';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import type { ResumePoint } from './resume-point.js';
import { WorkspaceFeed, type Listener, type Opening } from './workspace-feed.js';

/** Hints may be lost: all workspaces that are listened to are looked at as often as this, in one query. */
const POLL_MS = 1000;

/** The feeds of all workspaces that somebody listens to on this gateway. */
@Injectable()
export class Feeds implements OnModuleInit, OnModuleDestroy {
  private readonly feeds = new Map<string, WorkspaceFeed>();
  /** Subscribers of each feed, those that are just coming included. */
  private readonly users = new Map<WorkspaceFeed, number>();
  private stopHints: (() => void) | undefined;
  private poll: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly versions: VersionReader,
    private readonly changes: ChangeReader,
    private readonly connections: ConnectionReader,
  ) {}

  onModuleInit(): void {
    this.stopHints = this.bus.onBroadcast(changedSubject('*'), (_json, subject) =>
      this.feeds.get(subject.slice(changedSubject('').length))?.look(),
    );
    this.poll = setInterval(() => void this.lookAtAll().catch(() => undefined), POLL_MS).unref();
  }

  onModuleDestroy(): void {
    this.stopHints?.();
    clearInterval(this.poll);
    for (const feed of this.feeds.values()) feed.end();
    this.feeds.clear();
  }

  /**
   * Tells `listener` every change of the workspace from now on, and first what was missed since `since`. Rejects while the
   * views are away.
   */
  async subscribe(
    workspaceId: string,
    listener: Listener,
    since?: ResumePoint,
  ): Promise<Opening & { readonly unsubscribe: () => void }> {
    const feed = this.enter(workspaceId);
    try {
      const opening = await feed.subscribe(listener, since);
      const unsubscribe = () => {
        feed.unsubscribe(listener);
        this.leave(workspaceId, feed);
      };
      return { ...opening, unsubscribe };
    } catch (error) {
      this.leave(workspaceId, feed);
      throw error;
    }
  }

  private enter(workspaceId: string): WorkspaceFeed {
    let feed = this.feeds.get(workspaceId);
    if (!feed) {
      feed = new WorkspaceFeed(workspaceId, this.changes, this.connections);
      this.feeds.set(workspaceId, feed);
    }
    this.users.set(feed, (this.users.get(feed) ?? 0) + 1);
    return feed;
  }

  private leave(workspaceId: string, feed: WorkspaceFeed): void {
    const left = (this.users.get(feed) ?? 1) - 1;
    if (left > 0) return void this.users.set(feed, left);
    this.users.delete(feed);
    feed.end();
    if (this.feeds.get(workspaceId) === feed) this.feeds.delete(workspaceId);
  }

  private async lookAtAll(): Promise<void> {
    if (this.feeds.size === 0) return;
    const versions = await this.versions.workspaces([...this.feeds.keys()]);
    for (const [workspaceId, feed] of this.feeds) {
      if (Number(versions.get(workspaceId) ?? 0) !== feed.toldVersion) feed.look();
    }
  }
}
