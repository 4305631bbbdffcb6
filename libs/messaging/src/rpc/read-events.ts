import type { EventHistoryService, RpcRequest, RpcResponse } from '@connections/contracts';
import type { History } from '@connections/event-store';

import { toMessage } from '../relay/event-message.js';

type ReadEvents = (typeof EventHistoryService)['method']['readEvents'];

const MAX_LIMIT = 500;
/** Well below the broker's limit of 1 MB a message. */
const MAX_BYTES = 500_000;

/** Answers `ReadEvents`: fewer events than asked for where a page would be too large, and none only at the end. */
export async function readEvents(
  history: History,
  request: RpcRequest<ReadEvents>,
): Promise<RpcResponse<ReadEvents>> {
  const limit = Math.min(MAX_LIMIT, request.limit || MAX_LIMIT);
  // Asked before the page is read: what is committed up to here is then in the page, or before it.
  const headPosition = request.stream === undefined ? await history.settledHead() : 0;
  const found = await history.read({ ...request, limit });
  const events: RpcResponse<ReadEvents>['events'] = [];
  let bytes = 0;
  for (const event of found) {
    const message = toMessage(event);
    bytes += JSON.stringify(message).length;
    if (events.length > 0 && bytes > MAX_BYTES) break;
    events.push(message as unknown as RpcResponse<ReadEvents>['events'][number]);
  }
  return { events, headPosition };
}
