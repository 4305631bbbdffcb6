/** What was done, in words that follow “who”; the API's own name stands beside them. */
const actions: Readonly<Record<string, string>> = {
  'connections.connect': 'Connected',
  'connections.update': 'Renamed, or set the owner',
  'connections.disconnect': 'Disconnected',
  'connections.reconnect': 'Reconnected',
  'connections.sync': 'Started a sync',
  'connections.pause': 'Paused',
  'connections.resume': 'Resumed',
  'members.add': 'Added a member',
  'members.change_role': 'Changed a role',
  'members.remove': 'Removed a member',
  'api_keys.create': 'Made an API key',
  'api_keys.revoke': 'Revoked an API key',
  'settings.set_app': 'Switched the app on or off',
  'settings.set_access': 'Set who has access',
  'settings.clear_access': 'Returned to no policy',
  'admin.set_connector_cadence': 'Set how often a connector syncs',
  'session.sign_in': 'Signed in',
  'session.sign_out': 'Signed out',
};

export const actionIds: readonly string[] = Object.keys(actions);

export const actionWords = (action: string): string => actions[action] ?? action;

/** Why something was refused, plainly; the API's code stands beside it. */
const reasons: Readonly<Record<string, string>> = {
  invalid_request: 'something in it was wrong',
  unknown_connector: 'there is no such connector',
  not_connectable: 'it cannot be connected',
  credentials_rejected: 'the provider refused the key',
  handle_not_found: 'nobody has that handle',
  account_mismatch: 'it was another account',
  app_disabled: 'the app is switched off',
  surface_denied: 'no access to connections',
  missing_scope: 'the role or key does not allow it',
  not_owner: 'it is somebody else’s',
  platform_role_required: 'only platform staff may',
  csrf_failed: 'it did not come from this app',
  origin_not_allowed: 'it came from another site',
  not_found: 'there is no such thing here',
  invalid_state: 'not possible in its state',
  last_admin: 'no admin would be left',
  member_exists: 'already a member',
  unknown_scope: 'they do not hold that scope',
  conflict: 'somebody else was faster',
  owner_already_connected: 'that owner has one already',
  rate_limited: 'too many requests',
  provider_unavailable: 'the provider is away',
  unavailable: 'a part of the service was away',
  timeout: 'it took too long',
  internal: 'a fault of ours',
};

export const reasonWords = (code: string | null): string | undefined =>
  code === null ? undefined : reasons[code];

export const outcomeWords = { succeeded: 'Done', refused: 'Refused', failed: 'Failed' } as const;
