/** Words of the contract that more than one service uses. */
export const categories = ['crm', 'calls', 'comms', 'docs', 'support', 'social'] as const;
export type Category = (typeof categories)[number];

export const authMethods = ['oauth', 'api_key', 'handle'] as const;
export type AuthMethod = (typeof authMethods)[number];

export const ownerships = ['workspace', 'personal'] as const;
export type Ownership = (typeof ownerships)[number];

export const statuses = ['pending', 'connected', 'syncing', 'paused', 'error', 'disconnected'] as const;
export type Status = (typeof statuses)[number];

/** Highest precedence first. */
export const healths = [
  'disconnected',
  'needs_reauth',
  'syncing',
  'rate_limited',
  'error',
  'degraded',
  'stale',
  'healthy',
] as const;
export type Health = (typeof healths)[number];

export const runStatuses = ['running', 'completed', 'failed', 'partial', 'skipped_locked'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** Gravest first. */
export const errorReasons = ['auth', 'config', 'rate_limit', 'transient', 'unknown'] as const;
export type ErrorReason = (typeof errorReasons)[number];

export const triggers = ['connect', 'reconnect', 'manual', 'schedule', 'retry'] as const;
export type Trigger = (typeof triggers)[number];

/**
 * So many runs that a connection's events asked for last are looked for by who shows whether it is syncing, so none of them
 * is forgotten. More are never open at once: the newest hold the connection or were skipped behind it.
 */
export const requestedRunsKept = 8;

/** Sync cadence presets, in seconds. */
export const intervals = {
  '1m': 60,
  '10m': 600,
  '30m': 1800,
  '1h': 3600,
  '6h': 21_600,
  '1d': 86_400,
} as const;
export type Interval = keyof typeof intervals;

/** Effective interval of a category where neither the connector nor an override says otherwise. */
export const defaultIntervals: Readonly<Record<Category, Interval>> = {
  comms: '10m',
  crm: '1h',
  calls: '1h',
  support: '1h',
  docs: '6h',
  social: '6h',
};

export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

const viewer = ['connections:read'];
const editor = [...viewer, 'connections:write', 'connections:delete'];
/** What a role may do at most; a key's effective scopes are its own ∩ its member's role's. */
export const scopesOfRole: Readonly<Record<Role, readonly string[]>> = {
  viewer,
  editor,
  admin: [...editor, 'keys:manage', 'members:manage', 'settings:manage', 'audit:read'],
};

export const platformRoles = ['platform_member', 'engineering', 'superadmin'] as const;
export type PlatformRole = (typeof platformRoles)[number];

/** Scopes of platform members' keys, beside those of their workspace role. */
export const platformScopes = ['platform:read', 'platform:write'] as const;

/** Names that stand for several scopes where a key is made. */
export const scopeBundles: Readonly<Record<string, readonly string[]>> = {
  mcp_read_only: ['connections:read'],
};

/** Segments of the console that a workspace switches on and off, and gives its members access to. */
export const surfaces = ['connections'] as const;
export type Surface = (typeof surfaces)[number];

/** Least first. */
export const surfaceLevels = ['hidden', 'read', 'write'] as const;
export type SurfaceLevel = (typeof surfaceLevels)[number];
