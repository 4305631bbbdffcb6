import { createParser, type EventSourceMessage } from 'eventsource-parser';

import { apiError, type ApiError } from '../api/errors';

const EVENTS = '/api/platform/v1/connections/events';
/** The gateway says every 15 s that it lives; a stream that is silent for longer than two of these is a dead one. */
const SILENCE_MS = 40_000;

/**
 * Reads the live events once, from after `lastId` on, until the stream ends. With `fetch` and not `EventSource`: a refusal is
 * seen with its status, and `Last-Event-ID` can be sent by another tab than the one that heard it.
 * Throws an {@link ApiError} where the API refuses, any other error where the stream breaks.
 */
export async function readEvents(
  lastId: string | undefined,
  signal: AbortSignal,
  onOpen: () => void,
  onEvent: (event: EventSourceMessage) => void,
): Promise<void> {
  const silence = new AbortController();
  const stop = AbortSignal.any([signal, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const headers = { Accept: 'text/event-stream', ...(lastId !== undefined && { 'Last-Event-ID': lastId }) };
    const answer = await fetch(EVENTS, { headers, signal: stop, cache: 'no-store' });
    if (!answer.ok || !answer.body) throw await refusalOf(answer);
    onOpen();
    const parser = createParser({ onEvent });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      parser.feed(value);
    }
  } finally {
    clearTimeout(timer);
  }
}

const refusalOf = async (answer: Response): Promise<ApiError> =>
  apiError(answer, await answer.json().catch(() => null));
