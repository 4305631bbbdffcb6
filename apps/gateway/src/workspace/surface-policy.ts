import { roles, surfaceLevels, type Plain, type SurfacePolicy } from '@connections/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';

import { isUuid } from '../input/ids.js';
import { Optional } from '../input/optional.js';
import { invalidRequest, type FieldFault } from '../refusal/refusals.js';

const MOST_MEMBERS = 1000;
const level = { type: 'string' as const, enum: [...surfaceLevels] };

/** Who may do what on a surface, as the API has it. */
export class SurfacePolicyBody {
  @ApiProperty({
    type: 'object',
    required: [...roles],
    properties: Object.fromEntries(roles.map((role) => [role, level])),
    additionalProperties: false,
  })
  @IsObject({ message: 'must name a level for viewer, editor and admin' })
  roles: Record<string, unknown>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: level,
    description: 'By user id; wins over the role’s.',
  })
  @Optional()
  @IsObject({ message: 'must be an object of levels by user id' })
  members?: Record<string, unknown>;
}

/** The body as a policy. @throws DomainError invalid_request that names each wrong entry */
export function policyOf({ roles: byRole, members = {} }: SurfacePolicyBody): Plain<SurfacePolicy> {
  const faults: FieldFault[] = [];
  const levelAt = (path: string, value: unknown): string => {
    if ((surfaceLevels as readonly unknown[]).includes(value)) return value as string;
    faults.push({ path, message: `must be one of ${surfaceLevels.join(', ')}` });
    return '';
  };
  for (const name of Object.keys(byRole)) {
    if (!(roles as readonly string[]).includes(name)) {
      faults.push({ path: `roles.${name}`, message: 'is not a role' });
    }
  }
  if (Object.keys(members).length > MOST_MEMBERS) {
    faults.push({ path: 'members', message: `must name ${MOST_MEMBERS} members at most` });
  }
  const levelOf = (role: string) => levelAt(`roles.${role}`, byRole[role]);
  const policy = {
    roles: { viewer: levelOf('viewer'), editor: levelOf('editor'), admin: levelOf('admin') },
    members: Object.fromEntries(
      Object.entries(members).map(([userId, value]) => {
        if (!isUuid(userId)) faults.push({ path: `members.${userId}`, message: 'is no user’s id' });
        return [userId.toLowerCase(), levelAt(`members.${userId}`, value)];
      }),
    ),
  };
  if (faults.length > 0) throw invalidRequest(faults);
  return policy;
}
