import {
  accessChangedSubject,
  accessRevokedSubject,
  AccessService,
  SessionService,
} from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import type { Caller } from './caller.js';
import { credentialsBy, sessionTokenHash, type Credential } from './credential.js';

/** A verdict is never used for longer; what takes rights away also arrives by broadcast. */
const TTL_MS = 1000;
const REFRESH_AHEAD_MS = 500;
const LOOK_UP_TIMEOUT_MS = 1000;
const MOST_ENTRIES = 10_000;

interface Entry {
  /** Null: nobody's. */
  caller: Caller | null;
  /** When the look-up that it came from began. */
  asOf: number;
  /** Epoch milliseconds from which on the key is nobody's, whatever is remembered of it. */
  expiresAt: number;
}

/** Who holds a credential, as access says, remembered for a second and asked again ahead of that. */
@Injectable()
export class Authentication implements OnModuleInit, OnModuleDestroy {
  private readonly entries = new Map<Credential, Entry>();
  private readonly lookUps = new Map<Credential, Promise<Caller | null>>();
  private readonly listeners = new Set<(workspaceId: string) => void>();
  private subscriptions: (() => void)[] = [];

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.bus.onBroadcast(accessRevokedSubject('*'), (_data, subject) =>
        this.forgetSecret(subject.slice(accessRevokedSubject('').length)),
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
   * The holder of this credential, null when it is nobody's; at once where that is known well enough.
   * Rejects with `unavailable` when access is away: an old yes is not used instead.
   */
  callerOf(credential: Credential): Caller | null | Promise<Caller | null> {
    const entry = this.entries.get(credential);
    const age = entry ? performance.now() - entry.asOf : Infinity;
    if (!entry || age >= TTL_MS) return this.lookUp(credential);
    // A failure here is none yet: the entry is still good, and the next request asks again.
    if (age >= REFRESH_AHEAD_MS) this.lookUp(credential).catch(() => undefined);
    return Date.now() < entry.expiresAt ? entry.caller : null;
  }

  /** What is remembered of this credential is out of date; so is what is being looked up. */
  forget(credential: Credential): void {
    this.entries.delete(credential);
    this.lookUps.delete(credential);
  }

  /** Whether the credential was somebody's when it was last asked about, however long ago that is. */
  hasMet(credential: Credential): boolean {
    return (this.entries.get(credential)?.caller ?? null) !== null;
  }

  private lookUp(credential: Credential): Promise<Caller | null> {
    const underWay = this.lookUps.get(credential);
    if (underWay) return underWay;
    const asOf = performance.now();
    const lookUp: Promise<Caller | null> = this.ask(credential)
      .then((caller) => {
        // Forgotten meanwhile: this answer may be older than the revocation. It is not kept.
        const entry = {
          caller,
          asOf,
          expiresAt: caller?.expiresAt ? Date.parse(caller.expiresAt) : Infinity,
        };
        if (this.lookUps.get(credential) === lookUp) this.keep(credential, entry);
        return Date.now() < entry.expiresAt ? caller : null;
      })
      .finally(() => {
        if (this.lookUps.get(credential) === lookUp) this.lookUps.delete(credential);
      });
    this.lookUps.set(credential, lookUp);
    return lookUp;
  }

  private async ask(credential: Credential): Promise<Caller | null> {
    const tokenHash = sessionTokenHash(credential);
    const options = { timeoutMs: LOOK_UP_TIMEOUT_MS };
    try {
      if (tokenHash === undefined) {
        return await this.bus.rpc(AccessService, options).authenticate({ keyHash: credential });
      }
      const answer = await this.bus.rpc(SessionService, options).authenticateSession({ tokenHash });
      return answer.caller && answer.session ? { ...answer.caller, session: answer.session } : null;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unauthenticated') return null;
      throw error;
    }
  }

  private keep(credential: Credential, entry: Entry): void {
    this.entries.delete(credential);
    this.entries.set(credential, entry);
    if (this.entries.size > MOST_ENTRIES) this.entries.delete(this.entries.keys().next().value ?? '');
  }

  private forgetSecret(secretHash: string): void {
    for (const credential of credentialsBy(secretHash)) {
      const workspaceId = this.entries.get(credential)?.caller?.workspaceId;
      this.forget(credential);
      if (workspaceId !== undefined) this.tell(workspaceId);
    }
  }

  /** Rare, so the entries need no index by workspace. */
  private forgetWorkspace(workspaceId: string): void {
    for (const [credential, { caller }] of this.entries) {
      if (caller?.workspaceId === workspaceId) this.entries.delete(credential);
    }
    // Whose keys are being looked up is not known yet: none of these answers is kept.
    this.lookUps.clear();
    this.tell(workspaceId);
  }

  private tell(workspaceId: string): void {
    for (const listener of this.listeners) listener(workspaceId);
  }
}
