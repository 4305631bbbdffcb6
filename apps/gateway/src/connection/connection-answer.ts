import { ConnectionReader, type FoundConnection } from '@connections/read-model';
import { Injectable } from '@nestjs/common';

import { Visibility } from '../reading/visibility.js';

/** A connection inside the answer to a write. */
export interface ConnectionAnswer {
  readonly id: string;
  readonly connector_type: string;
  readonly status: string;
  readonly health: string;
  readonly is_syncing: boolean;
  readonly pending_until?: string | null;
}

/** Waits until reads show a write, and then shows the row as they do. */
@Injectable()
export class WrittenConnections {
  constructor(
    private readonly visibility: Visibility,
    private readonly connections: ConnectionReader,
  ) {}

  /** The row at the version or a later one; undefined where the projection has not come so far in time. */
  async find(workspaceId: string, id: string, version: number): Promise<FoundConnection | undefined> {
    if (!(await this.visibility.reached(id, version))) return undefined;
    return this.connections.find(workspaceId, id).catch(() => undefined);
  }

  /**
   * The row, with what the write itself has made true in `said`: by the time that the row is read the run asked for
   * may have started, or ended, and the answer would say now this and now that.
   */
  async answer(workspaceId: string, version: number, said: ConnectionAnswer): Promise<ConnectionAnswer> {
    const found = await this.find(workspaceId, said.id, version);
    return { ...found?.wire, ...said };
  }
}
