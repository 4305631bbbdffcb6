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
  private readonly cadences: Coalesced<string, number>;
  private readonly heartbeat: Coalesced<'age', number>;

  constructor(reader: VersionReader) {
    this.versions = new Coalesced((ids) => reader.connections(ids));
    this.cadences = new Coalesced((types) => reader.cadences(types));
    this.heartbeat = new Coalesced(async () => new Map([['age', await reader.heartbeatAge()]]));
  }

  /**
   * True once the connection's row has reached the version; false after two seconds, or at once while the projection
   * is away: the write has been made and is answered all the same.
   */
  reached(connectionId: string, version: number): Promise<boolean> {
    return this.shown(this.versions, connectionId, version);
  }

  /** The same for the cadence of a connector's type. */
  reachedCadence(connectorType: string, version: number): Promise<boolean> {
    return this.shown(this.cadences, connectorType, version);
  }

  private async shown(versions: Coalesced<string, number>, key: string, version: number): Promise<boolean> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    try {
      for (let attempt = 0; performance.now() < deadline; attempt++) {
        if (((await versions.get(key)) ?? 0) >= version) return true;
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
