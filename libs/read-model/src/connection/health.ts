import { healths, type ErrorReason, type Health, type RunStatus, type Status } from '@connections/contracts';

/** All that health depends on. Times and durations are milliseconds. */
export interface HealthInputs {
  readonly status: Status;
  readonly isSyncing: boolean;
  /** The provider refused the credential now stored. */
  readonly rejected: boolean;
  /** The latest run that was not skipped, a running one before all others; null when there was none. */
  readonly lastRun: { readonly status: RunStatus; readonly errorReason: ErrorReason | null } | null;
  readonly lastSuccessAt: number | null;
  readonly connectedAt: number | null;
  /** The connector's effective sync interval. */
  readonly intervalMs: number;
  readonly now: number;
}

const HOUR_MS = 3_600_000;

/** How old the last success may be before a connection counts as stale. */
export const freshnessMs = (intervalMs: number): number => Math.max(3 * intervalMs, HOUR_MS);

/** When a connection turns stale if nothing succeeds before; null for one that was never connected. */
export function staleAt(
  inputs: Pick<HealthInputs, 'lastSuccessAt' | 'connectedAt' | 'intervalMs'>,
): number | null {
  const since = inputs.lastSuccessAt ?? inputs.connectedAt;
  return since === null ? null : since + freshnessMs(inputs.intervalMs);
}

const failed = ({ lastRun }: HealthInputs) => lastRun?.status === 'failed';
const partial = ({ lastRun }: HealthInputs) => lastRun?.status === 'partial';
const lastReason = ({ lastRun }: HealthInputs) => lastRun?.errorReason ?? null;

/** One row of the contract's table each; which of several wins is the order of `healths`. */
const applies: Readonly<Record<Health, (inputs: HealthInputs) => boolean>> = {
  disconnected: (inputs) => inputs.status === 'disconnected',
  needs_reauth: (inputs) => inputs.rejected || lastReason(inputs) === 'auth' || inputs.status === 'pending',
  syncing: (inputs) => inputs.isSyncing,
  rate_limited: (inputs) => (failed(inputs) || partial(inputs)) && lastReason(inputs) === 'rate_limit',
  error: (inputs) => failed(inputs) || inputs.status === 'error',
  degraded: partial,
  stale: (inputs) => inputs.now >= (staleAt(inputs) ?? Infinity),
  healthy: (inputs) => !healths.some((health) => health !== 'healthy' && applies[health](inputs)),
};

/** Whether a row of the precedence table applies. */
export interface Rung {
  readonly health: Health;
  readonly holds: boolean;
}

/** The whole precedence table, highest first. */
export const healthRungs = (inputs: HealthInputs): Rung[] =>
  healths.map((health) => ({ health, holds: applies[health](inputs) }));

/** Whether a connection is OK: the highest row of the precedence table that applies. */
export function deriveHealth(inputs: HealthInputs): Health {
  return healths.find((health) => applies[health](inputs)) ?? 'healthy';
}
