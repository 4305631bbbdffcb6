import { createHash, randomBytes } from 'node:crypto';

/** What travels through the browser; unguessable, and never kept. */
export const newState = (): string => randomBytes(32).toString('base64url');

/** What is kept of it: who reads the table cannot take part in a flow. */
export const stateHash = (state: string): Buffer => createHash('sha256').update(state).digest();
