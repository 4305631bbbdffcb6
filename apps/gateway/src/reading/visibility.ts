import type { VersionReader } from '@connections/read-model';
import { setTimeout as delay } from 'node:timers/promises';

import { Coalesced } from './coalesced.js';

const LONGEST_WAIT_MS = 2000;
const POLL_MS = 5;
/** The projection beats each second. */
const HEARTBEAT_MISSING_S = 5;

/** Holds the answer to a write back until reads show it. */
export class Visibility {
  private readonly versions: Coalesced<string, number>;
  private readonly heartbeat: Coalesced<'age', number>;

  constructor(reader: VersionReader) {
    this.versions = new Coalesced((ids) => reader.connections(ids));
    this.heartbeat = new Coalesced(async () => new Map([['age', await reader.heartbeatAge()]]));
  }

  /**
   * True once the connection's row has reached the version; false after two seconds, or at once while the projection
   * is away: the write has been made and is answered all the same.
   */
  async reached(connectionId: string, version: number): Promise<boolean> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    try {
      for (let attempt = 0; performance.now() < deadline; attempt++) {
        if (((await this.versions.get(connectionId)) ?? 0) >= version) return true;
        if (attempt % 50 === 0 && ((await this.heartbeat.get('age')) ?? Infinity) > HEARTBEAT_MISSING_S)
          return false;
        await delay(POLL_MS);
      }
    } catch {
      // The database of the views is away, and with it all reads.
    }
    return false;
  }
}
