import { AccessService, type AuditEntry, type Plain } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { cutPage, wireTime } from '@connections/read-model';
import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { isUuid } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { keysetOf, limitOf, PageQuery } from '../input/paging.js';
import * as schema from './audit.schema.js';

const STANDARD_PAGE = 50;

@ApiTags('audit')
@Controller(API)
export class AuditController {
  constructor(private readonly bus: Bus) {}

  @Operation({
    id: 'audit.list',
    method: 'GET',
    path: 'audit',
    scope: 'audit:read',
    summary: 'Every write and refused write, newest first',
    query: PageQuery,
    answer: schema.auditEntries,
  })
  async list(@TheCaller() { workspaceId }: Caller, @Query() query: PageQuery): Promise<object> {
    const limit = limitOf(query, STANDARD_PAGE);
    const after = keysetOf(query, isUuid);
    const { entries } = await this.bus.rpc(AccessService, { workspaceId }).listAudit({
      workspaceId,
      // One more than shown tells whether there is another page.
      limit: limit + 1,
      ...(after && { beforeEntryId: after.id }),
    });
    const page = cutPage(entries, limit, ({ at, entryId }) => ({ at: new Date(at), id: entryId }));
    return { entries: page.items.map(entryWire), next_cursor: page.nextCursor };
  }
}

function entryWire(entry: Plain<AuditEntry>) {
  return {
    id: entry.entryId,
    at: wireTime(entry.at),
    who: { user_id: entry.userId, name: entry.userName, api_key_id: entry.keyId ?? null },
    what: entry.action,
    target: entry.target ?? null,
    outcome: entry.outcome,
    code: entry.code ?? null,
    request_id: entry.requestId,
  };
}
