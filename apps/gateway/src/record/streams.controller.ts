import { ConnectionReader, RunReader } from '@connections/read-model';
import { RecordReader } from '@connections/record-store';
import { Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';
import { streamsSchema } from './record.schema.js';

@ApiTags('records')
@Controller(API)
export class StreamsController {
  constructor(
    private readonly connections: ConnectionReader,
    private readonly runs: RunReader,
    private readonly records: RecordReader,
  ) {}

  /** Runs say how a stream fared, the record store what it holds; a stream that either knows is shown. */
  @Operation({
    id: 'connections.list_streams',
    method: 'GET',
    path: 'connections/:id/streams',
    scope: 'connections:read',
    summary: 'Where each stream stands',
    answer: streamsSchema,
  })
  async list(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const connectionId = pathId(id);
    if (!(await this.connections.find(caller.workspaceId, connectionId))) throw notFound();
    const [fared, held] = await Promise.all([
      this.runs.streams(connectionId),
      this.records.counts(connectionId),
    ]);
    const counts = new Map(held.map(({ stream, recordCount }) => [stream, recordCount]));
    const known = new Map(fared.map((stream) => [stream.stream, stream]));
    const names = [...new Set([...known.keys(), ...counts.keys()])].sort();
    const streams = names.map((stream) => {
      const {
        mode = null,
        last_success_at = null,
        resumes_at = null,
        error_reason = null,
      } = known.get(stream) ?? {};
      return {
        stream,
        mode,
        record_count: counts.get(stream) ?? 0,
        last_success_at,
        resumes_at,
        error_reason,
      };
    });
    return { streams };
  }
}
