import type { AuthMethod, Health, Status } from '@connections/contracts';

const RECONNECTABLE_HEALTH: readonly Health[] = [
  'needs_reauth',
  'error',
  'rate_limited',
  'degraded',
  'disconnected',
];
const RECONNECTABLE_STATUS: readonly Status[] = ['pending', 'paused'];

/** Whether a connection may be given a new credential now: when it is not well, and an API key whenever nothing runs. */
export function mayReconnect(
  {
    status,
    health,
    isSyncing,
  }: { readonly status: Status; readonly health: Health; readonly isSyncing: boolean },
  authMethod: AuthMethod,
): boolean {
  if (RECONNECTABLE_STATUS.includes(status) || RECONNECTABLE_HEALTH.includes(health)) return true;
  return authMethod === 'api_key' && !isSyncing;
}
