/** What each scope lets a key do, in the order in which they are shown. */
export const scopeWords: readonly (readonly [string, string])[] = [
  ['connections:read', 'Look at connections, their runs and records'],
  ['connections:write', 'Connect, rename, sync, pause and reconnect'],
  ['connections:delete', 'Disconnect'],
  ['keys:manage', 'Make API keys, and revoke anybody’s'],
  ['members:manage', 'Add and remove members, change roles'],
  ['settings:manage', 'Switch apps, decide who has access'],
  ['audit:read', 'Read the audit'],
  ['platform:read', 'See how often connectors sync, as platform staff'],
  ['platform:write', 'Set how often connectors sync, as platform staff'],
];

export const READ_ONLY = ['connections:read'];

export const lifetimes = [
  ['30d', '30 days'],
  ['90d', '90 days'],
  ['365d', 'A year'],
  ['never', 'Never'],
] as const;

export type Lifetime = (typeof lifetimes)[number][0];
