import type { CommandContext } from '@connections/event-store';

import type { Caller } from '../access/caller.js';
import { uuidv7 } from '../input/ids.js';

/** A command's envelope for a caller: each has an id of its own, by which a repeated delivery is told from a new wish. */
export function commandOf(caller: Pick<Caller, 'workspaceId' | 'userId'>): CommandContext {
  return { commandId: uuidv7(), workspaceId: caller.workspaceId, actor: `user:${caller.userId}` };
}
