import { ConnectionReader, RunReader, streamStatus } from '@connections/read-model';
import { RecordReader } from '@connections/record-store';
import { Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';
import { streamsSchema } from './record.schema.js';
import { streamNames } from './stream-names.js';

@ApiTags('records')
@Controller(API)
export class StreamsController {
  constructor(
    private readonly connections: ConnectionReader,
    private readonly runs: RunReader,
    private readonly records: RecordReader,
  ) {}

  /** The connector says which streams there are, runs how each fared, the record store what it holds. */
  @Operation({
    id: 'connections.list_streams',
    method: 'GET',
    path: 'connections/:id/streams',
    scope: 'connections:read',
    summary: 'Where each stream of the connector stands, in its order',
    answer: streamsSchema,
  })
  async list(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const connectionId = pathId(id);
    const found = await this.connections.find(caller.workspaceId, connectionId);
    if (!found) throw notFound();
    const [fared, running, held] = await Promise.all([
      this.runs.streams(connectionId),
      this.runs.running(connectionId),
      this.records.counts(connectionId),
    ]);
    const counts = new Map(held.map(({ stream, recordCount }) => [stream, recordCount]));
    const known = new Map(fared.map((stream) => [stream.stream, stream]));
    const now = Date.now();
    const { isSyncing } = found.state;
    const streams = streamNames(found.row.connector_type, [...known.keys(), ...counts.keys()]).map(
      (stream) => {
        const told = known.get(stream);
        return {
          stream,
          status: streamStatus({ stream, told, isSyncing, running, now }),
          mode: told?.mode ?? null,
          record_count: counts.get(stream) ?? 0,
          last_success_at: told?.last_success_at ?? null,
          resumes_at: told?.resumes_at ?? null,
          error_reason: told?.error_reason ?? null,
        };
      },
    );
    return { streams };
  }
}
