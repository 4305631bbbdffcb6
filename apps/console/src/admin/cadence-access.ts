import { useMe } from '../api/me';

/**
 * What somebody may do about cadences. `GET /operations` leaves out what the platform's staff does to all workspaces, so it is
 * the platform role and its scopes that tell, as they do at the API's gate.
 */
export function useCadenceAccess(): 'none' | 'read' | 'write' {
  const { platform_role: role, scopes } = useMe();
  if (role === null || !scopes.includes('platform:read')) return 'none';
  const writes = role === 'engineering' || role === 'superadmin';
  return writes && scopes.includes('platform:write') ? 'write' : 'read';
}
