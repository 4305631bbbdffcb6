import { accessChangedSubject } from '@connections/contracts';
import type { UnitOfWork } from '@connections/event-store';
import type { Bus } from '@connections/messaging';
import type { EntityManager } from 'typeorm';

import { workspace, type WorkspaceCommand } from './workspace.decider.js';
import type { WorkspaceEvent } from './workspace.js';

/**
 * Executes a command on a workspace, and writes what look-ups read in the same transaction: what was answered holds
 * for the next request. Gateways are told once it is committed, also of a repeat, whose first attempt may have died
 * before it told.
 */
export async function changeWorkspace(
  tx: UnitOfWork,
  bus: Bus,
  command: WorkspaceCommand,
): Promise<readonly WorkspaceEvent[]> {
  const { workspaceId } = command.data;
  const { events } = await tx.execute(workspace, workspaceId, command);
  for (const event of events) await show(tx.manager, event);
  tx.afterCommit(() => bus.broadcast(accessChangedSubject(workspaceId), {}));
  return events;
}

async function show(manager: EntityManager, event: WorkspaceEvent): Promise<unknown> {
  const { workspaceId } = event.data;
  switch (event.type) {
    case 'WorkspaceCreated':
      return manager.query(`INSERT INTO workspace (workspace_id, name, slug) VALUES ($1, $2, $3)`, [
        workspaceId,
        event.data.name,
        event.data.slug,
      ]);
    case 'MemberAdded': {
      const { userId, email, name, role, platformRole = null, addedAt } = event.data;
      return manager.query(
        `INSERT INTO member (workspace_id, user_id, email, name, role, platform_role, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [workspaceId, userId, email, name, role, platformRole, addedAt],
      );
    }
    case 'MemberRoleChanged':
      return manager.query('UPDATE member SET role = $3 WHERE workspace_id = $1 AND user_id = $2', [
        workspaceId,
        event.data.userId,
        event.data.role,
      ]);
    case 'MemberRemoved': {
      const { userId } = event.data;
      await manager.query('DELETE FROM member WHERE workspace_id = $1 AND user_id = $2', [
        workspaceId,
        userId,
      ]);
      return manager.query(
        `UPDATE surface_policy SET policy = policy #- ARRAY['members', $2] WHERE workspace_id = $1`,
        [workspaceId, userId],
      );
    }
    case 'WorkspaceAppSwitched': {
      const { app, enabled } = event.data;
      return manager.query(
        enabled
          ? 'DELETE FROM app_off WHERE workspace_id = $1 AND app = $2'
          : 'INSERT INTO app_off (workspace_id, app) VALUES ($1, $2)',
        [workspaceId, app],
      );
    }
    case 'SurfacePolicySet':
      return manager.query(
        `INSERT INTO surface_policy (workspace_id, surface, policy) VALUES ($1, $2, $3)
         ON CONFLICT (workspace_id, surface) DO UPDATE SET policy = excluded.policy`,
        [workspaceId, event.data.surface, JSON.stringify(event.data.policy)],
      );
    case 'SurfacePolicyCleared':
      return manager.query('DELETE FROM surface_policy WHERE workspace_id = $1 AND surface = $2', [
        workspaceId,
        event.data.surface,
      ]);
    default:
      return event satisfies never;
  }
}
