import type { EntityManager } from 'typeorm';

/**
 * Makes every cached answer of the workspace void, in the transaction that changes its views. Called last: the row is
 * one for the whole workspace, and is held until the commit.
 */
export async function bumpWorkspaceVersion(manager: EntityManager, workspaceId: string): Promise<void> {
  await manager.query(
    `insert into workspace_version (workspace_id, version) values ($1, 1)
     on conflict (workspace_id) do update set version = workspace_version.version + 1`,
    [workspaceId],
  );
}
