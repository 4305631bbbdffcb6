import { changedSubject } from '@connections/contracts';
import type { UnitOfWork } from '@connections/event-store';
import { Bus } from '@connections/messaging';
import type { ChangeKind } from '@connections/read-model';
import { Injectable } from '@nestjs/common';

/** What a transaction changed of a connection; absent where no connection's status can have changed. */
export interface ChangeOf {
  readonly connectionId: string;
  readonly kind: ChangeKind;
}

/** Keeps each workspace's version: what makes its cached answers void, and what its subscribers resume from. */
@Injectable()
export class WorkspaceVersions {
  constructor(private readonly bus: Bus) {}

  /**
   * Makes every cached answer of the workspace void, in the transaction that changes its views, and logs the change.
   * Called last: the row is one for the whole workspace, and is held until the commit. So versions become visible
   * in their order, and who has read up to one has missed nothing below it.
   */
  async bump(tx: UnitOfWork, workspaceId: string, change?: ChangeOf): Promise<void> {
    await tx.manager.query(
      `with bumped as (
         insert into workspace_version (workspace_id, version) values ($1, 1)
         on conflict (workspace_id) do update set version = workspace_version.version + 1
         returning version
       )
       insert into change_log (workspace_id, version, connection_id, kind)
       select $1, version, $2::uuid, $3 from bumped where $2::uuid is not null`,
      [workspaceId, change?.connectionId ?? null, change?.kind ?? null],
    );
    this.hint(tx, workspaceId);
  }

  /**
   * The same for every connection of a type, in all workspaces: what moves the moment at which it turns stale changes its
   * status. Rows are locked in the order of their workspaces: two types that change at once must not wait for each other.
   */
  async bumpConnectionsOf(tx: UnitOfWork, connectorType: string): Promise<void> {
    const bumped: { workspace_id: string }[] = await tx.manager.query(
      `with changed as (
         select workspace_id, id, row_number() over (partition by workspace_id order by id) as nth,
           count(*) over (partition by workspace_id) as total
         from connection_view
         where connector_type = $1 and connected_at is not null and disconnected_at is null
       ), bumped as (
         insert into workspace_version (workspace_id, version)
         select distinct workspace_id, total from changed order by workspace_id
         on conflict (workspace_id) do update set version = workspace_version.version + excluded.version
         returning workspace_id, version
       ), logged as (
         insert into change_log (workspace_id, version, connection_id, kind)
         select workspace_id, version - total + nth, id, 'connection' from changed join bumped using (workspace_id)
       )
       select workspace_id from bumped`,
      [connectorType],
    );
    for (const { workspace_id: workspaceId } of bumped) this.hint(tx, workspaceId);
  }

  /** Only a hint to look: subscribers look by themselves each second as well. */
  private hint(tx: UnitOfWork, workspaceId: string): void {
    tx.afterCommit(() => this.bus.broadcast(changedSubject(workspaceId), {}));
  }
}
