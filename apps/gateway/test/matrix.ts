import { randomUUID } from 'node:crypto';

import { ConnectionsService, scopesOfRole, type PlatformRole } from '@connections/contracts';
import { Bus } from '@connections/messaging';

import type { Caller, House } from './house.js';

/** A credential of the matrix: who asks, and the ids that their requests name. */
export interface Credential {
  /** What a request shows to prove who asks. */
  readonly headers: Record<string, string>;
  /** Reads name what exists; writes what does not, lest a row of the table changes the next one's outcome. */
  readonly id: (method: string, kind: string) => string;
}

/** One credential a column, each as far as possible from its neighbour. */
export async function credentials(house: House): Promise<Record<string, Credential>> {
  const [ours, theirs, switchedOff] = await Promise.all([
    workspaceWithConnection(house),
    workspaceWithConnection(house),
    workspaceWithConnection(house),
  ]);
  const gated = await workspaceWithConnection(house);
  const inOurs = (role: 'viewer' | 'editor' | 'admin', scopes = scopesOfRole[role]) =>
    house.member(role, ours.admin.workspaceId, scopes);
  const [viewer, editor, reader, manager, revoked, removed] = await Promise.all([
    inOurs('viewer'),
    inOurs('editor'),
    inOurs('admin', ['connections:read']),
    inOurs('admin', ['members:manage']),
    inOurs('admin'),
    inOurs('admin'),
  ]);
  const ofPlatform = (role: PlatformRole, ...scopes: string[]) =>
    house.member('viewer', ours.admin.workspaceId, scopes, role);
  const [staff, engineer, superadmin, engineerReading, superadminWithout] = await Promise.all([
    ofPlatform('platform_member', 'connections:read', 'platform:read'),
    ofPlatform('engineering', 'connections:read', 'platform:read', 'platform:write'),
    ofPlatform('superadmin', 'connections:read', 'platform:read', 'platform:write'),
    ofPlatform('engineering', 'platform:read'),
    ofPlatform('superadmin', 'connections:read'),
  ]);
  await house.request('DELETE', `api-keys/${revoked.keyId}`, revoked);
  await house.request('DELETE', `members/${removed.userId}`, ours.admin);

  const [hidden, readOnly] = await Promise.all([
    house.member('admin', gated.admin.workspaceId),
    house.member('admin', gated.admin.workspaceId),
  ]);
  const roles = { viewer: 'write', editor: 'write', admin: 'write' };
  const members = { [hidden.userId]: 'hidden', [readOnly.userId]: 'read' };
  await house.request('PUT', 'settings/access/connections', gated.admin, { roles, members });
  await house.request('PUT', 'settings/apps/connections', switchedOff.admin, { enabled: false });

  const own = ({ connection }: Furnished, { key, userId, keyId }: Caller): Credential => ({
    headers: { 'X-API-Key': key },
    id: (method, kind) => {
      if (method !== 'GET') return randomUUID();
      return { connection, user: userId, key: keyId }[kind] ?? `run_${'0'.repeat(32)}`;
    },
  });
  const nobody = (headers: Record<string, string>) => ({ ...own(ours, ours.admin), headers });
  const inConsole = async (member: Caller, isForged = false): Promise<Credential> => {
    const { cookie, csrf } = await house.session(member);
    const headers = { Cookie: cookie, ...(!isForged && { 'X-CSRF-Token': csrf }) };
    return { ...own(ours, member), headers };
  };
  const [signedOut, away] = await Promise.all([inOurs('admin'), inOurs('admin')]);
  const [ended, expired] = await Promise.all([inConsole(signedOut), inConsole(away)]);
  await house.request('DELETE', 'session', undefined, undefined, ended.headers);
  await house.inAccess(
    `UPDATE console_session SET last_seen_at = now() - interval '1 day' WHERE user_id = $1`,
    [away.userId],
  );
  return {
    none: nobody({}),
    wrong: nobody({ 'X-API-Key': 'amdahl_sk_live_wrong' }),
    revoked: own(ours, revoked),
    removed: own(ours, removed),
    viewer: own(ours, viewer),
    editor: own(ours, editor),
    admin: own(ours, ours.admin),
    'k:read': own(ours, reader),
    'k:members': own(ours, manager),
    hidden: own(gated, hidden),
    readonly: own(gated, readOnly),
    'app-off': own(switchedOff, switchedOff.admin),
    staff: own(ours, staff),
    eng: own(ours, engineer),
    super: own(ours, superadmin),
    'eng:read': own(ours, engineerReading),
    'super:bare': own(ours, superadminWithout),
    'c:viewer': await inConsole(viewer),
    'c:editor': await inConsole(editor),
    'c:admin': await inConsole(ours.admin),
    'c:super': await inConsole(superadmin),
    'c:forged': await inConsole(ours.admin, true),
    'c:ended': ended,
    'c:expired': expired,
    // Everything that it names exists, elsewhere.
    foreign: {
      headers: { 'X-API-Key': theirs.admin.key },
      id: (_method, kind) =>
        ({ connection: ours.connection, user: viewer.userId, key: viewer.keyId })[kind] ??
        `run_${'0'.repeat(32)}`,
    },
  };
}

interface Furnished {
  readonly admin: Caller;
  readonly connection: string;
}

/** Without a vault: the connection's credential is nobody's, and nothing pulls here. */
async function workspaceWithConnection(house: House): Promise<Furnished> {
  const admin = await house.member('admin');
  const { workspaceId, userId } = admin;
  const bus = await Bus.connect('test', house.nats.url);
  try {
    const connections = bus.rpc(ConnectionsService, { workspaceId, actor: `user:${userId}` });
    const { connectionId } = await connections.connect({
      workspaceId,
      userId,
      connectorType: 'pipedrive',
      credentialId: randomUUID(),
      account: { externalId: workspaceId, label: 'acme.test' },
    });
    return { admin, connection: connectionId };
  } finally {
    await bus.close();
  }
}

/** A refusal as the table names it; other answers by their status. */
const words: Readonly<Record<string, string>> = {
  app_disabled: 'app',
  surface_denied: 'surface',
  missing_scope: 'scope',
  platform_role_required: 'platform',
  csrf_failed: 'csrf',
};

/** Asks, and tells the outcome as the table does. `path` has `{connection}`, `{user}`, `{key}` and `{run}` in it. */
export async function outcomeOf(
  gateway: string,
  { headers, id }: Credential,
  method: string,
  path: string,
): Promise<string> {
  const named = path.replace(/\{(\w+)\}/g, (_all, kind: string) => id(method, kind));
  const url = named.startsWith('/') ? named : `/api/platform/v1/${named}`;
  const answer = await fetch(gateway + url, {
    method,
    headers,
  });
  if (!answer.headers.get('content-type')?.startsWith('application/json')) {
    await answer.body?.cancel();
    return String(answer.status);
  }
  const { error } = (await answer.json()) as { error?: { code: string } };
  return words[error?.code ?? ''] ?? String(answer.status);
}
