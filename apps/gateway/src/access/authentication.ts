import { accessChangedSubject, accessRevokedSubject, AccessService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import type { Caller } from './caller.js';

/** A verdict is never used for longer; what takes rights away also arrives by broadcast. */
const TTL_MS = 1000;
const REFRESH_AHEAD_MS = 500;
const LOOK_UP_TIMEOUT_MS = 1000;
const MOST_ENTRIES = 10_000;

interface Entry {
  /** Null: nobody's key. */
  caller: Caller | null;
  /** When the look-up that it came from began. */
  asOf: number;
}

/** Who holds a key, as access says, remembered for a second and asked again ahead of that. */
@Injectable()
export class Authentication implements OnModuleInit, OnModuleDestroy {
  private readonly entries = new Map<string, Entry>();
  private readonly lookUps = new Map<string, Promise<Caller | null>>();
  private readonly listeners = new Set<(workspaceId: string) => void>();
  private subscriptions: (() => void)[] = [];

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.bus.onBroadcast(accessRevokedSubject('*'), (_data, subject) =>
        this.forgetKey(subject.slice(accessRevokedSubject('').length)),
      ),
      this.bus.onBroadcast(accessChangedSubject('*'), (_data, subject) =>
        this.forgetWorkspace(subject.slice(accessChangedSubject('').length)),
      ),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /**
   * Calls `listener` when rights of a workspace's members may have changed: what is open for one of them, such as a
   * stream, asks {@link callerOf} anew. A broadcast can be lost, so it asks each second besides. Returns how to stop.
   */
  onChange(listener: (workspaceId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The holder of the key with this hash, null when it is nobody's; at once where that is known well enough.
   * Rejects with `unavailable` when access is away: an old yes is not used instead.
   */
  callerOf(keyHash: string): Caller | null | Promise<Caller | null> {
    const entry = this.entries.get(keyHash);
    const age = entry ? performance.now() - entry.asOf : Infinity;
    if (!entry || age >= TTL_MS) return this.lookUp(keyHash);
    // A failure here is none yet: the entry is still good, and the next request asks again.
    if (age >= REFRESH_AHEAD_MS) this.lookUp(keyHash).catch(() => undefined);
    return entry.caller;
  }

  private lookUp(keyHash: string): Promise<Caller | null> {
    const underWay = this.lookUps.get(keyHash);
    if (underWay) return underWay;
    const asOf = performance.now();
    const lookUp: Promise<Caller | null> = this.ask(keyHash)
      .then((caller) => {
        // Forgotten meanwhile: this answer may be older than the revocation. It is not kept.
        if (this.lookUps.get(keyHash) === lookUp) this.keep(keyHash, { caller, asOf });
        return caller;
      })
      .finally(() => {
        if (this.lookUps.get(keyHash) === lookUp) this.lookUps.delete(keyHash);
      });
    this.lookUps.set(keyHash, lookUp);
    return lookUp;
  }

  private async ask(keyHash: string): Promise<Caller | null> {
    try {
      return await this.bus.rpc(AccessService, { timeoutMs: LOOK_UP_TIMEOUT_MS }).authenticate({ keyHash });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unauthenticated') return null;
      throw error;
    }
  }

  private keep(keyHash: string, entry: Entry): void {
    this.entries.delete(keyHash);
    this.entries.set(keyHash, entry);
    if (this.entries.size > MOST_ENTRIES) this.entries.delete(this.entries.keys().next().value ?? '');
  }

  private forgetKey(keyHash: string): void {
    const workspaceId = this.entries.get(keyHash)?.caller?.workspaceId;
    this.entries.delete(keyHash);
    this.lookUps.delete(keyHash);
    if (workspaceId !== undefined) this.tell(workspaceId);
  }

  /** Rare, so the entries need no index by workspace. */
  private forgetWorkspace(workspaceId: string): void {
    for (const [keyHash, { caller }] of this.entries) {
      if (caller?.workspaceId === workspaceId) this.entries.delete(keyHash);
    }
    // Whose keys are being looked up is not known yet: none of these answers is kept.
    this.lookUps.clear();
    this.tell(workspaceId);
  }

  private tell(workspaceId: string): void {
    for (const listener of this.listeners) listener(workspaceId);
  }
}
