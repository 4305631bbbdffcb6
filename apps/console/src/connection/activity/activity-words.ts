import {
  BadgeCheck,
  CirclePause,
  Clock,
  KeyRound,
  MousePointerClick,
  Pencil,
  Play,
  Plug,
  PlugZap,
  RefreshCw,
  RotateCcw,
  ShieldAlert,
  Unplug,
  UserRound,
  UserRoundX,
  type LucideIcon,
} from 'lucide-react';

import type { Answer } from '../../api/client';

export type ActivityEntry = Answer<'connections.list_activity'>['entries'][number];

export const activityIcons: Readonly<Record<ActivityEntry['type'], LucideIcon>> = {
  requested: PlugZap,
  connected: Plug,
  renamed: Pencil,
  owner_set: UserRound,
  owner_cleared: UserRoundX,
  sync_requested: MousePointerClick,
  paused: CirclePause,
  resumed: Play,
  credentials_refused: ShieldAlert,
  credentials_replaced: KeyRound,
  reconnect_started: RotateCcw,
  reconnect_expired: Clock,
  reconnected: BadgeCheck,
  disconnected: Unplug,
  revived: Plug,
  run_finished: RefreshCw,
};

/** Days of entries that are sorted already, each with its entries. */
export function byDay(entries: readonly ActivityEntry[]): (readonly [string, readonly ActivityEntry[]])[] {
  const days = new Map<string, ActivityEntry[]>();
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString();
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
