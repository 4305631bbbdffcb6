import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import { Authentication } from '../access/authentication.js';
import type { Caller } from '../access/caller.js';
import type { Credential } from '../access/credential.js';
import { admit } from '../operations/operation.guard.js';
import type { OperationOptions } from '../operations/operation.js';

/** Broadcasts say at once that rights were lost; where one got lost itself, this finds out. */
const RECHECK_MS = 1000;
/** With access away nobody can lose rights, but nor would we hear of it for long. */
const FAILURES_BORNE = 5;

interface OpenStream {
  readonly operation: OperationOptions;
  readonly close: () => void;
  /** Tells whoever follows it that their rights are others now, and suffice still. */
  readonly onAccessChanged: () => void;
}

interface Holder {
  readonly workspaceId: string;
  readonly streams: Set<OpenStream>;
  failures: number;
  /** What the caller may do, as was last heard; undefined before that. */
  rights: string | undefined;
}

/** Streams that outlive their request's gates: each ends when its caller would be refused now, or the gateway ends. */
@Injectable()
export class OpenStreams implements OnModuleInit, OnModuleDestroy {
  private readonly holders = new Map<Credential, Holder>();
  private stopHints: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly authentication: Authentication) {}

  onModuleInit(): void {
    this.stopHints = this.authentication.onChange((workspaceId) => {
      for (const [credential, holder] of this.holders) {
        if (holder.workspaceId === workspaceId) void this.recheck(credential);
      }
    });
    this.timer = setInterval(() => {
      for (const credential of this.holders.keys()) void this.recheck(credential);
    }, RECHECK_MS).unref();
  }

  onModuleDestroy(): void {
    this.ended = true;
    this.stopHints?.();
    clearInterval(this.timer);
    for (const credential of [...this.holders.keys()]) this.closeAll(credential);
  }

  /** Calls `close`, once, when the holder of the credential may no longer call the operation; returns how to forget it. */
  watch(
    credential: Credential,
    workspaceId: string,
    operation: OperationOptions,
    close: () => void,
    { caller, onAccessChanged }: { caller?: Caller; onAccessChanged?: () => void } = {},
  ): () => void {
    const stream = { operation, close, onAccessChanged: onAccessChanged ?? (() => undefined) };
    if (this.ended) {
      close();
      return () => undefined;
    }
    const holder = this.holders.get(credential) ?? {
      workspaceId,
      streams: new Set(),
      failures: 0,
      rights: caller && rightsOf(caller),
    };
    this.holders.set(credential, holder);
    holder.streams.add(stream);
    return () => {
      holder.streams.delete(stream);
      if (holder.streams.size === 0 && this.holders.get(credential) === holder)
        this.holders.delete(credential);
    };
  }

  private async recheck(credential: Credential): Promise<void> {
    const holder = this.holders.get(credential);
    if (!holder) return;
    try {
      const caller = await this.authentication.callerOf(credential);
      holder.failures = 0;
      const rights = caller ? rightsOf(caller) : undefined;
      const changed = holder.rights !== undefined && rights !== holder.rights;
      holder.rights = rights;
      for (const stream of [...holder.streams]) {
        if (!isAdmitted(stream.operation, caller)) stream.close();
        else if (changed) stream.onAccessChanged();
      }
    } catch {
      if (++holder.failures >= FAILURES_BORNE) this.closeAll(credential);
    }
  }

  private closeAll(credential: Credential): void {
    for (const stream of [...(this.holders.get(credential)?.streams ?? [])]) stream.close();
  }
}

/** All that gates look at. */
function rightsOf({ role, platformRole, scopes, surfaces, apps }: Caller): string {
  const sorted = (named: object) => Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([role, platformRole, [...scopes].sort(), sorted(surfaces), sorted(apps)]);
}

function isAdmitted(operation: OperationOptions, caller: Parameters<typeof admit>[1]): boolean {
  try {
    admit(operation, caller);
    return true;
  } catch {
    return false;
  }
}
