import type { House } from '../../e2e/house/house.js';
import { byLimit, providerLog } from '../provider-log.js';
import { social, types } from './connections.js';

interface Kept {
  readonly requests: number;
  /** Answered as throttled. */
  readonly refused: number;
  /** The window that came closest to its limit, or went furthest beyond. */
  readonly fullest: string;
  /** Requests beyond a limit that all workspaces share, in all windows. */
  readonly beyond_app: number;
  /** Requests beyond an account's own limit, in the worst window. */
  readonly beyond_account: number;
}

/** By connector, from the stand-ins' logs. */
export async function limitsKept(house: House) {
  const kept: Record<string, Kept> = {};
  for (const type of types) {
    const { requests } = await providerLog(house, type);
    const limits = [...byLimit(requests)].toSorted(([, a], [, b]) => b.most / b.max - a.most / a.max);
    const fullest = limits[0]?.[1];
    const ofTheApp = social.includes(type);
    kept[type] = {
      requests: requests.length,
      refused: requests.filter(({ fault }) => fault === 'throttle').length,
      fullest: fullest ? `${fullest.most} of ${fullest.max} in ${fullest.windowMs / 1000} s` : '',
      beyond_app: ofTheApp ? limits.reduce((sum, [, { beyond }]) => sum + beyond, 0) : 0,
      beyond_account: ofTheApp ? 0 : Math.max(0, ...limits.map(([, { most, max }]) => most - max)),
    };
  }
  return kept;
}

export const total = (
  limits: Awaited<ReturnType<typeof limitsKept>>,
  of: 'requests' | 'refused' | 'beyond_app',
) => Object.values(limits).reduce((sum, limit) => sum + limit[of], 0);
