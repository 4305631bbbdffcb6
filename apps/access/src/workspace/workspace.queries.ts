import { AccessService, surfaces, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { policyColumns, rightsOf, type StoredPolicies } from '../rights.js';
import { memberOf, membersOf } from './members.js';

const { listMembers, checkMember, getSettings } = AccessService.method;

@Controller()
export class WorkspaceQueries {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(listMembers)
  async listMembers({
    workspaceId,
  }: RpcRequest<typeof listMembers>): Promise<RpcResponse<typeof listMembers>> {
    return { members: await membersOf(this.database.manager, workspaceId) };
  }

  @RpcMethod(checkMember)
  async checkMember({
    workspaceId,
    userId,
  }: RpcRequest<typeof checkMember>): Promise<RpcResponse<typeof checkMember>> {
    const member = await memberOf(this.database.manager, workspaceId, userId);
    const policies = await this.policiesOf(workspaceId);
    if (!member || !policies) throw new DomainError('not_found', 'There is no such member.');
    return { role: member.role, ...rightsOf(member, policies) };
  }

  @RpcMethod(getSettings)
  async getSettings({
    workspaceId,
  }: RpcRequest<typeof getSettings>): Promise<RpcResponse<typeof getSettings>> {
    const stored = await this.policiesOf(workspaceId);
    if (!stored) throw new DomainError('not_found', 'There is no such workspace.');
    const apps = Object.fromEntries(surfaces.map((app) => [app, !stored.appsOff.includes(app)]));
    return { apps, surfaces: { ...stored.policies } };
  }

  private async policiesOf(workspaceId: string): Promise<StoredPolicies | undefined> {
    const rows: StoredPolicies[] = await this.database.query(
      `SELECT ${policyColumns} FROM workspace w WHERE w.workspace_id = $1`,
      [workspaceId],
    );
    return rows[0];
  }
}
