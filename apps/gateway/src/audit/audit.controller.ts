import { AccessService, type AuditEntry, type Plain } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { cutPage, wireTime } from '@connections/read-model';
import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { isUuid } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { keysetOf, limitOf } from '../input/paging.js';
import { AuditQuery, filterOf } from './audit-query.js';
import * as schema from './audit.schema.js';
import { TargetNames, targetTypeOf } from './target-names.js';

const STANDARD_PAGE = 50;

@ApiTags('audit')
@Controller(API)
export class AuditController {
  constructor(
    private readonly bus: Bus,
    private readonly names: TargetNames,
  ) {}

  @Operation({
    id: 'audit.list',
    method: 'GET',
    path: 'audit',
    scope: 'audit:read',
    summary: 'Every write and refused write, newest first',
    query: AuditQuery,
    answer: schema.auditEntries,
  })
  async list(@TheCaller() { workspaceId }: Caller, @Query() query: AuditQuery): Promise<object> {
    const limit = limitOf(query, STANDARD_PAGE);
    const after = keysetOf(query, isUuid);
    const { entries } = await this.bus.rpc(AccessService, { workspaceId }).listAudit({
      workspaceId,
      // One more than shown tells whether there is another page.
      limit: limit + 1,
      ...filterOf(query),
      ...(after && { beforeEntryId: after.id, beforeAt: after.at.toISOString() }),
    });
    const page = cutPage(entries, limit, ({ at, entryId }) => ({ at: new Date(at), id: entryId }));
    const nameOf = await this.names.of(workspaceId, page.items);
    return {
      entries: page.items.map((entry) => entryWire(entry, nameOf(entry))),
      next_cursor: page.nextCursor,
    };
  }
}

function entryWire(entry: Plain<AuditEntry>, targetName: string | null) {
  return {
    id: entry.entryId,
    at: wireTime(entry.at),
    who: {
      user_id: entry.userId,
      name: entry.userName,
      api_key_id: entry.keyId ?? null,
      api_key_name: entry.keyName ?? null,
    },
    what: entry.action,
    target: entry.target ?? null,
    target_type: targetTypeOf(entry),
    target_name: targetName,
    outcome: entry.outcome,
    code: entry.code ?? null,
    request_id: entry.requestId,
  };
}
