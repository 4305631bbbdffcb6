import { ActivityReader, ConnectionReader } from '@connections/read-model';
import { Injectable } from '@nestjs/common';

import { isRunId, isUuid, pathId } from '../input/ids.js';
import { keysetOf, limitOf, type PageQuery } from '../input/paging.js';
import type { Answer } from '../reading/answer-cache.js';
import { Reads } from '../reading/reads.js';
import { notFound } from '../refusal/refusals.js';

const STANDARD_PAGE = 50;

/** What happened to a connection, as bytes: REST and MCP send the same. A refusal is a DomainError. */
@Injectable()
export class ActivityReads {
  constructor(
    private readonly reads: Reads,
    private readonly connections: ConnectionReader,
    private readonly activity: ActivityReader,
  ) {}

  async list(workspaceId: string, id: string, query: PageQuery): Promise<Answer> {
    const limit = limitOf(query, STANDARD_PAGE);
    const after = keysetOf(query, (entry) => isUuid(entry) || isRunId(entry));
    const connectionId = pathId(id);
    const key = `${connectionId} activity ${limit} ${query.cursor ?? ''}`;
    const found = await this.reads.answer(workspaceId, key, async () => {
      const connection = await this.connections.find(workspaceId, connectionId);
      if (!connection) return undefined;
      const { items, nextCursor } = await this.activity.page(connection.row, limit, after);
      return { value: { entries: items, next_cursor: nextCursor }, staleAt: null };
    });
    if (!found) throw notFound();
    return found;
  }
}
