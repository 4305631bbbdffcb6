import type { Caller } from '../access/caller.js';

/** Whose requests count together: a key's; in the console, where there is none, those of a member. */
export const callerKey = ({ keyId, workspaceId, userId }: Caller): string =>
  keyId === '' ? `member:${workspaceId}:${userId}` : `key:${keyId}`;
