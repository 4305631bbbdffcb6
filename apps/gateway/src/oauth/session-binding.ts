import { hash } from 'node:crypto';

import type { Caller } from '../access/caller.js';

/** Binds an authorization to the console session that asks for it; with an API key to none. By what stays when its token changes. */
export const inSession = ({ session }: Pick<Caller, 'session'>): { sessionHash?: string } =>
  session ? { sessionHash: hash('sha256', session.sessionId, 'hex') } : {};
