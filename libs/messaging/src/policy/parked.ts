import { ParkedEventsService } from '@connections/contracts';
import type { Inbox } from '@connections/event-store';

import type { RpcServer } from '../rpc/rpc-server.js';
import type { RetryLoop } from './retry-loop.js';

/** Answers `ListParked` and `ReplayParked`: parked streams become ones whose retry is due. */
export function answerParked(rpc: RpcServer, service: string, inbox: Inbox, retries: RetryLoop): void {
  const { listParked, replayParked } = ParkedEventsService.method;
  rpc.answer(`rpc.${service}.ListParked`, listParked, async () => ({ parked: await inbox.parked() }));
  rpc.answer(`rpc.${service}.ReplayParked`, replayParked, async ({ consumer, stream }) => {
    const resumed = await inbox.replay(consumer, stream);
    // Another process may hold the policy's locks: its own loop finds them within a second.
    retries.wake();
    return { resumed: resumed.length };
  });
}
