import { eventually } from '@connections/testing';

import type { House } from '../e2e/house/house.js';

interface Logged {
  seq: number;
  at: string;
  path: string;
}

interface Log {
  next_since: number;
  requests: Logged[];
}

/** Where X's request log stands now. */
export async function logPosition(house: House): Promise<number> {
  return (await house.sandbox<Log>('GET', '/_control/x/requests?limit=1')).next_since;
}

/**
 * When the first request for data of an account of X reached the provider after a position of its log, in epoch
 * milliseconds. The look-up of the handle, which connecting does itself, is none.
 */
export function firstRequestAt(house: House, since: number, accountId: string): Promise<number> {
  return eventually(
    async () => {
      const { requests } = await house.sandbox<Log>(
        'GET',
        `/_control/x/requests?since=${since}&account=${accountId}`,
      );
      const first = requests.find(({ path }) => !path.includes('by/username'));
      if (!first) throw new Error(`no request for ${accountId} yet`);
      return Date.parse(first.at);
    },
    { timeoutMs: 60_000, intervalMs: 20 },
  );
}
