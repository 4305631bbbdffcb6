import {
  CircleCheck,
  CirclePause,
  CircleX,
  Clock,
  Hourglass,
  KeyRound,
  PlugZap,
  RefreshCw,
  TriangleAlert,
  Unplug,
  type LucideIcon,
} from 'lucide-react';

import type { Connection } from '../api/connections';

export type Health = Connection['health'];
/** What a pill shows: a health, or what the status says more plainly. */
export type ShownHealth = Health | 'connecting' | 'paused';

export interface HealthLook {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: 'green' | 'blue' | 'amber' | 'orange' | 'red' | 'purple' | 'grey';
  /** What it means, for whoever has not met the word. */
  readonly meaning: string;
}

export const looks: Readonly<Record<ShownHealth, HealthLook>> = {
  healthy: {
    word: 'Healthy',
    icon: CircleCheck,
    tone: 'green',
    meaning: 'The last sync succeeded recently.',
  },
  syncing: { word: 'Syncing', icon: RefreshCw, tone: 'blue', meaning: 'A sync is running right now.' },
  stale: {
    word: 'Stale',
    icon: Clock,
    tone: 'amber',
    meaning: 'Nothing failed, but no sync has completed for longer than usual: the data is aging.',
  },
  degraded: {
    word: 'Degraded',
    icon: TriangleAlert,
    tone: 'orange',
    meaning: 'The last sync succeeded in part: some streams failed.',
  },
  needs_reauth: {
    word: 'Reconnect',
    icon: KeyRound,
    tone: 'red',
    meaning: 'The provider no longer accepts the credentials.',
  },
  rate_limited: {
    word: 'Rate limited',
    icon: Hourglass,
    tone: 'purple',
    meaning: 'The provider throttled the last sync; it is tried again by itself.',
  },
  error: { word: 'Error', icon: CircleX, tone: 'red', meaning: 'The last sync failed.' },
  disconnected: {
    word: 'Disconnected',
    icon: Unplug,
    tone: 'grey',
    meaning: 'Removed; its records and its history are kept.',
  },
  connecting: {
    word: 'Connecting',
    icon: PlugZap,
    tone: 'blue',
    meaning: 'The approval at the provider is not finished yet.',
  },
  paused: {
    word: 'Paused',
    icon: CirclePause,
    tone: 'grey',
    meaning: 'No sync is scheduled until it is resumed.',
  },
};

/** The healths as names: `Reconnect` on a pill says what to do, this what is. */
export const healthNames: Readonly<Record<Health, string>> = {
  disconnected: 'Disconnected',
  needs_reauth: 'Needs to be reconnected',
  syncing: 'Syncing',
  rate_limited: 'Rate limited',
  error: 'Error',
  degraded: 'Degraded',
  stale: 'Stale',
  healthy: 'Healthy',
};

/** The eight, worst first: the order of the precedence, healthy last. */
export const healths: readonly Health[] = [
  'needs_reauth',
  'error',
  'degraded',
  'rate_limited',
  'stale',
  'syncing',
  'healthy',
  'disconnected',
];

/** Those that somebody has to do something about. */
export const needsAttention: ReadonlySet<Health> = new Set(['needs_reauth', 'error', 'degraded', 'stale']);

/** Whether the first approval of it is still open: it has never been connected. */
export const isFirstPending = (connection: Connection): boolean =>
  connection.status === 'pending' && connection.account_label === null && connection.last_run === null;

export function shownHealth(connection: Connection): ShownHealth {
  if (isFirstPending(connection)) return 'connecting';
  return connection.health;
}
