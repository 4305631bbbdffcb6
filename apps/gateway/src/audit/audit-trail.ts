import { setTimeout as delay } from 'node:timers/promises';

import { AccessService, type AuditEntry, type Plain } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { createLogger } from '@connections/platform';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

const TIMEOUT_MS = 1000;
const RETRY_MS = 500;
/** A minute of retries; an outage of access refuses every request by itself, so few entries ever wait. */
const MOST_TRIES = 120;

/** Hands audit entries to access. */
@Injectable()
export class AuditTrail implements BeforeApplicationShutdown {
  private readonly logger = createLogger('gateway');
  private readonly waiting = new Set<Promise<void>>();
  private closing = false;

  constructor(private readonly bus: Bus) {}

  /** Resolves once the entry is recorded, or else waits for access to come back; never rejects. */
  async record(entry: Plain<AuditEntry>): Promise<void> {
    try {
      await this.send(entry);
    } catch {
      const retries = this.retry(entry).finally(() => this.waiting.delete(retries));
      this.waiting.add(retries);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all(this.waiting);
  }

  private async send(entry: Plain<AuditEntry>): Promise<void> {
    const { workspaceId } = entry;
    await this.bus.rpc(AccessService, { workspaceId, timeoutMs: TIMEOUT_MS }).recordAudit({ entry });
  }

  private async retry(entry: Plain<AuditEntry>): Promise<void> {
    for (let tries = 1; tries <= MOST_TRIES && !this.closing; tries++) {
      await delay(RETRY_MS, undefined, { ref: false });
      try {
        return await this.send(entry);
      } catch {
        // Recorded by its id, so a try that did arrive does no harm.
      }
    }
    // The log is then the only place that has it; an entry holds no secret.
    this.logger.error({ entry }, 'Audit entry not recorded');
  }
}
