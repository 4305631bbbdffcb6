import type { Plain, StoredAnswer } from '@connections/contracts';
import type { FastifyReply } from 'fastify';

export const REPLAYED = 'Idempotent-Replayed';

/** Thrown where a request was answered before: nothing after the gates runs again. */
export class Replay {
  constructor(readonly answer: Plain<StoredAnswer>) {}
}

export function sendReplay(reply: FastifyReply, { answer }: Replay): void {
  const { status, body, location } = answer;
  if (location !== undefined) reply.header('Location', location);
  void reply
    .status(status)
    .header(REPLAYED, 'true')
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(body);
}
