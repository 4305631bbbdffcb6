import { AccessService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

const MINUTE_MS = 60_000;
/** So long a use waits for others to be told with. */
const GATHER_MS = 1000;
const TIMEOUT_MS = 1000;
/** Uses in one message, which stays well below what the bus carries. */
const MAX_USES = 1000;

/**
 * Tells access which keys were used, each at most once a minute and many at a time: a request only leaves word here, and
 * waits for nothing.
 */
@Injectable()
export class KeyUse implements BeforeApplicationShutdown {
  private minute = 0;
  /** Keys of this minute that were told, or are about to be. */
  private readonly noted = new Set<string>();
  /** By key id, the minute of its use. */
  private waiting = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  /** A request was made with this key. */
  note(keyId: string): void {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.noted.clear();
    }
    if (this.noted.has(keyId)) return;
    this.noted.add(keyId);
    this.waiting.set(keyId, minute);
    this.timer ??= setTimeout(() => void this.tell(), GATHER_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.tell();
  }

  private async tell(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const uses = [...this.waiting];
    this.waiting = new Map();
    const access = this.bus.rpc(AccessService, { timeoutMs: TIMEOUT_MS });
    for (let start = 0; start < uses.length; start += MAX_USES) {
      const part = uses.slice(start, start + MAX_USES);
      try {
        await access.recordKeyUse({
          uses: part.map(([keyId, minute]) => ({ keyId, usedAt: timeOf(minute) })),
        });
      } catch {
        // Told with the next use: nothing rests on the last minute of it.
        for (const [keyId] of part) this.noted.delete(keyId);
      }
    }
  }
}

const timeOf = (minute: number): string => new Date(minute * MINUTE_MS).toISOString();
