import type { Connection, ConnectionStatus } from '../api/connections';

const SECONDS: Readonly<Record<string, number>> = {
  '1m': 60,
  '10m': 600,
  '30m': 1_800,
  '1h': 3_600,
  '6h': 21_600,
  '1d': 86_400,
};

/**
 * A connection with a newer status. The status leaves out when the next sync is due: after a run that went well it is a
 * cadence later, as the schedule has it but for a few per cent that it spreads by; an error's text is read apart.
 */
export function withStatus<Item extends Connection>(item: Item, status: ConnectionStatus): Item {
  const next = { ...item, ...status };
  const { last_run: run } = status;
  const isNewRun = run?.finished_at != null && run.id !== item.last_run?.id;
  if ((isNewRun || item.is_syncing) && !status.is_syncing && status.health === 'healthy' && run) {
    const due = Date.parse(run.started_at) + (SECONDS[item.sync_interval] ?? 3_600) * 1000;
    return { ...next, last_error: null, next_sync_at: new Date(due).toISOString() };
  }
  return next;
}
