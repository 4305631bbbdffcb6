import { AccessService, roles, type Member, type Plain, type Role } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { wireTime } from '@connections/read-model';
import { Body, Controller, Param, Res } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { pathId, uuidv7 } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';
import { Text } from '../input/text.js';
import { Email } from './email.js';
import * as schema from './workspace.schema.js';

export class RoleBody {
  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role: Role;
}

export class MemberBody extends RoleBody {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @Email()
  email: string;

  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Text(100)
  name: string;
}

@ApiTags('members')
@Controller(API)
export class MembersController {
  constructor(private readonly bus: Bus) {}

  @Operation({
    id: 'members.list',
    method: 'GET',
    path: 'members',
    scope: null,
    summary: 'The members of the workspace, longest there first',
    answer: schema.members,
  })
  async list(@TheCaller() { workspaceId }: Caller): Promise<object> {
    const { members } = await this.bus.rpc(AccessService, { workspaceId }).listMembers({ workspaceId });
    return { members: members.map(memberWire) };
  }

  @Operation({
    id: 'members.add',
    method: 'POST',
    path: 'members',
    scope: 'members:manage',
    summary: 'Add a member, who signs in with this e-mail address',
    body: MemberBody,
    status: 201,
    answer: schema.member,
  })
  async add(
    @TheCaller() caller: Caller,
    @Body() { email, name, role }: MemberBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const userId = uuidv7();
    await this.access(caller).addMember({ workspaceId: caller.workspaceId, userId, email, name, role });
    reply.header('Location', `/${API}/members/${userId}`);
    return this.member(caller, userId);
  }

  @Operation({
    id: 'members.change_role',
    method: 'PATCH',
    path: 'members/:id',
    scope: 'members:manage',
    summary: 'Change a member’s role; their keys follow at once',
    body: RoleBody,
    answer: schema.member,
  })
  async changeRole(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { role }: RoleBody,
  ): Promise<object> {
    const { workspaceId, userId: changedBy } = caller;
    const userId = pathId(id);
    await this.access(caller).changeMemberRole({ workspaceId, userId, role, changedBy });
    return this.member(caller, userId);
  }

  @Operation({
    id: 'members.remove',
    method: 'DELETE',
    path: 'members/:id',
    scope: 'members:manage',
    summary: 'Remove a member, with their keys, sessions and ownerships',
    answer: schema.removedMember,
  })
  async remove(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const { workspaceId, userId: removedBy } = caller;
    const userId = pathId(id);
    await this.access(caller).removeMember({ workspaceId, userId, removedBy });
    return { user_id: userId, status: 'removed' };
  }

  private async member({ workspaceId }: Caller, userId: string): Promise<object> {
    const { members } = await this.bus.rpc(AccessService, { workspaceId }).listMembers({ workspaceId });
    const member = members.find((candidate) => candidate.userId === userId);
    if (!member) throw notFound();
    return memberWire(member);
  }

  private access(caller: Caller) {
    return this.bus.rpc(AccessService, commandOf(caller));
  }
}

function memberWire({ userId, email, name, role, platformRole, addedAt }: Plain<Member>) {
  return {
    user_id: userId,
    email,
    name,
    role,
    platform_role: platformRole ?? null,
    created_at: wireTime(addedAt),
  };
}
