import { DomainError } from '@connections/event-sourcing';
import { ConnectionReader, wireTime, type ConnectionRow } from '@connections/read-model';
import {
  deletedFilters,
  InvalidCursor,
  RecordReader,
  type DeletedFilter,
  type RecordPage,
  type StoredRecord,
} from '@connections/record-store';
import { Controller, Param, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsISO8601, Matches } from 'class-validator';

import { TheCaller, type Caller } from '../access/caller.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { Optional } from '../input/optional.js';
import { invalidCursor, limitOf, PageQuery } from '../input/paging.js';
import { invalidRequest, notFound } from '../refusal/refusals.js';
import { Text } from '../input/text.js';
import { recordsSchema } from './record.schema.js';
import { streamNames } from './stream-names.js';

const STANDARD_PAGE = 50;
const A_TIME = { message: 'must be a time such as 2026-06-12T18:04:11Z' };

export class RecordsQuery extends PageQuery {
  @ApiPropertyOptional()
  @Optional()
  @Text(100)
  stream?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @Optional()
  @IsISO8601({ strict: true }, A_TIME)
  @Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/, A_TIME)
  updated_after?: string;

  @ApiPropertyOptional({ description: 'One record; without `stream`, that of each stream that has one.' })
  @Optional()
  @Text(1000)
  external_id?: string;

  @ApiPropertyOptional({ enum: deletedFilters, default: 'include' })
  @Optional()
  @IsIn(deletedFilters, { message: `must be one of ${deletedFilters.join(', ')}` })
  deleted?: DeletedFilter;
}

@ApiTags('records')
@Controller(API)
export class RecordsController {
  constructor(
    private readonly connections: ConnectionReader,
    private readonly records: RecordReader,
  ) {}

  @Operation({
    id: 'connections.list_records',
    method: 'GET',
    path: 'connections/:id/records',
    scope: 'connections:read',
    summary: 'What has been read from the source, deleted records included',
    answer: recordsSchema,
    query: RecordsQuery,
  })
  async list(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: RecordsQuery,
  ): Promise<object> {
    const found = await this.connections.find(caller.workspaceId, pathId(id));
    if (!found) throw notFound();
    const { ownership, consent_user_id: consented } = found.row;
    // By who consented, not by who is called the owner: attribution must not open a mailbox to somebody else.
    if (ownership === 'personal' && consented !== caller.userId) {
      throw new DomainError(
        'not_owner',
        'These records can be read only by the member who connected the account.',
      );
    }
    const streams = await this.streamsOf(found.row, query);
    const { records, nextCursor } = await this.page(found.row.id, streams, query);
    return { records: records.map(recordWire), next_cursor: nextCursor };
  }

  /** The streams to look in. Refuses one that neither the connector has nor the store holds. */
  private async streamsOf({ id, connector_type }: ConnectionRow, { stream, external_id }: RecordsQuery) {
    if (stream === undefined && external_id === undefined) return [];
    if (stream !== undefined && streamNames(connector_type, []).includes(stream)) return [stream];
    const held = (await this.records.counts(id)).map((one) => one.stream);
    const names = streamNames(connector_type, held);
    if (stream === undefined) return names;
    if (names.includes(stream)) return [stream];
    throw invalidRequest([{ path: 'stream', message: `must be one of ${names.join(', ')}` }]);
  }

  private async page(
    connectionId: string,
    streams: readonly string[],
    query: RecordsQuery,
  ): Promise<RecordPage> {
    try {
      return await this.records.list({
        connectionId,
        limit: limitOf(query, STANDARD_PAGE),
        ...(query.stream !== undefined && { stream: query.stream }),
        ...(query.external_id !== undefined && { one: { externalId: query.external_id, streams } }),
        ...(query.deleted !== undefined && { deleted: query.deleted }),
        ...(query.cursor !== undefined && { cursor: query.cursor }),
        ...(query.updated_after !== undefined && { updatedAfter: new Date(query.updated_after) }),
      });
    } catch (error) {
      throw error instanceof InvalidCursor ? invalidCursor() : error;
    }
  }
}

function recordWire(record: StoredRecord) {
  return {
    stream: record.stream,
    external_id: record.externalId,
    data: record.data,
    first_seen_at: wireTime(record.firstSeenAt),
    updated_at: wireTime(record.updatedAt),
    deleted_at: wireTime(record.deletedAt),
  };
}
