import { Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { StreamPlaces } from '../rate-limit/stream-places.js';
import { API, Operation, type OperationOptions } from '../operations/operation.js';
import { EVENT_STREAM, openEventStream } from './event-stream.js';
import { Feeds } from './feeds.js';
import { accessFrame, resyncFrame, standFrame } from './live-event.js';
import { OpenStreams } from './open-streams.js';
import { resumePoint } from './resume-point.js';

const operation: OperationOptions = {
  id: 'connections.events',
  method: 'GET',
  path: 'connections/events',
  scope: 'connections:read',
  summary: 'Follow changes live, as server-sent events',
  mediaType: 'text/event-stream',
  answer: {
    type: 'string',
    contentMediaType: 'text/event-stream',
    description:
      'Events connection.changed (whatever is shown of it has changed, its name and owner included) and run.changed, whose data is the status as connections.get_status answers it; connection.removed with the id of one that was discarded; access.changed when your own rights are others now; and resync: read everything anew.',
  },
};

/** Of nothing that this read model has: what follows such an id is unknown. */
const NOWHERE = { version: Number.MAX_SAFE_INTEGER, at: 0 };

@ApiTags('connections')
@Controller(API)
export class EventsController {
  constructor(
    private readonly feeds: Feeds,
    private readonly openStreams: OpenStreams,
    private readonly places: StreamPlaces,
  ) {}

  @Operation(operation)
  async events(
    @TheCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (request.method === 'HEAD') return void reply.header('Content-Type', EVENT_STREAM).send();
    const { workspaceId } = caller;
    const last = request.headers['last-event-id'];
    const since = typeof last === 'string' && last !== '' ? (resumePoint(last) ?? NOWHERE) : undefined;
    const held: string[] = [];
    let send = (frames: string): void => void held.push(frames);
    const leave = this.places.take(caller);
    const { missed, point, unsubscribe } = await this.feeds
      .subscribe(workspaceId, (events) => send(events.map(({ frame }) => frame).join('')), since)
      .catch((error: unknown) => {
        leave();
        throw error;
      });
    const end = () => {
      leave();
      unsubscribe();
    };
    if (reply.raw.closed) return end(); // gone meanwhile: nothing would tell us of it any more
    const stream = openEventStream(reply, () => {
      forget();
      end();
    });
    const forget = this.openStreams.watch(
      request.credential ?? '',
      workspaceId,
      operation,
      () => stream.end(),
      { caller, onAccessChanged: () => send(accessFrame) },
    );
    const frames = missed ? missed.map(({ frame }) => frame) : [resyncFrame(point)];
    stream.send([...frames, standFrame(point), ...held].join(''));
    send = (later) => stream.send(later);
  }
}
