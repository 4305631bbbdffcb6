import { ConnectionReader, PROGRESS_FRESH_MS, RunReader, type RunWire } from '@connections/read-model';
import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { isRunId, pathId, pathRunId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { page } from '../operations/json-schema.js';
import { keysetOf, limitOf, PageQuery } from '../input/paging.js';
import { notFound } from '../refusal/refusals.js';
import { sendJson } from '../http/send-json.js';
import { Reads } from '../reading/reads.js';
import { runDetailSchema, runSchema } from './run.schema.js';

const STANDARD_PAGE = 50;

const isRunning = ({ status }: RunWire): boolean => status === 'running';

@ApiTags('runs')
@Controller(API)
export class RunsController {
  constructor(
    private readonly reads: Reads,
    private readonly connections: ConnectionReader,
    private readonly runs: RunReader,
  ) {}

  @Operation({
    id: 'connections.list_runs',
    method: 'GET',
    path: 'connections/:id/runs',
    scope: 'connections:read',
    summary: 'The history of runs, newest first',
    answer: page('runs', runSchema),
    query: PageQuery,
  })
  async list(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const limit = limitOf(query, STANDARD_PAGE);
    const after = keysetOf(query, isRunId);
    await this.answer(
      caller,
      pathId(id),
      `runs ${limit} ${query.cursor ?? ''}`,
      reply,
      async (connectionId) => {
        const { items, nextCursor } = await this.runs.page(connectionId, limit, after);
        return { value: { runs: items, next_cursor: nextCursor }, running: items.some(isRunning) };
      },
    );
  }

  @Operation({
    id: 'connections.get_run',
    method: 'GET',
    path: 'connections/:id/runs/:run_id',
    scope: 'connections:read',
    summary: 'One run with its streams',
    answer: runDetailSchema,
  })
  async get(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Param('run_id') run: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const connectionId = pathId(id);
    const runId = pathRunId(run);
    await this.answer(caller, connectionId, `run ${runId}`, reply, async () => {
      const value = await this.runs.get(connectionId, runId);
      return value && { value, running: isRunning(value) };
    });
  }

  private async answer(
    { workspaceId }: Caller,
    connectionId: string,
    key: string,
    reply: FastifyReply,
    render: (connectionId: string) => Promise<{ value: object; running: boolean } | undefined>,
  ): Promise<void> {
    const found = await this.reads.answer(workspaceId, `${connectionId} ${key}`, async () => {
      // Whose connection it is, before anything of it is read.
      if (!(await this.connections.find(workspaceId, connectionId))) return undefined;
      const shown = await render(connectionId);
      return shown && { value: shown.value, staleAt: shown.running ? Date.now() + PROGRESS_FRESH_MS : null };
    });
    if (!found) throw notFound();
    sendJson(reply, found.bytes);
  }
}
