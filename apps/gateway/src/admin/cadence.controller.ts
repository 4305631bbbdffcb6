import {
  AccessService,
  CatalogService,
  intervals,
  platformRoles,
  type ConnectorCadence,
  type Plain,
} from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { wireTime } from '@connections/read-model';
import { Body, Controller, Param } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, ValidateIf } from 'class-validator';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { Operation } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';
import { Visibility } from '../reading/visibility.js';
import { connectorCadence, connectorCadences } from './cadence.schema.js';
import { ADMIN } from './platform-gate.js';

const presets = Object.keys(intervals);
/** What can be a connector's type: others are not asked for. */
const TYPE = /^[a-z0-9_]{1,50}$/;

export class CadenceBody {
  @ApiProperty({
    type: String,
    enum: presets,
    nullable: true,
    description: 'null: back to the connector’s default.',
  })
  @ValidateIf((_dto, value) => value !== null)
  @IsString({ message: `must be one of ${presets.join(', ')}, or null` })
  sync_interval: string | null;
}

/** How often connectors sync, for all workspaces: an operational call of the platform's staff. */
@ApiTags('admin')
@Controller(ADMIN)
export class CadenceController {
  constructor(
    private readonly bus: Bus,
    private readonly visibility: Visibility,
  ) {}

  @Operation({
    id: 'admin.list_connector_cadence',
    method: 'GET',
    base: ADMIN,
    path: 'connector-cadence',
    platformRoles,
    scope: 'platform:read',
    summary: 'How often each connector syncs',
    answer: connectorCadences,
  })
  async list(): Promise<object> {
    const { cadences } = await this.bus.rpc(CatalogService).listConnectorCadences({});
    return { connectors: await this.wire(cadences) };
  }

  @Operation({
    id: 'admin.set_connector_cadence',
    method: 'PUT',
    base: ADMIN,
    path: 'connector-cadence/:type',
    platformRoles: ['engineering', 'superadmin'],
    scope: 'platform:write',
    summary: 'Set how often a connector syncs, in every workspace and at once',
    body: CadenceBody,
    answer: connectorCadence,
  })
  async set(
    @TheCaller() caller: Caller,
    @Param('type') type: string,
    @Body() { sync_interval: interval }: CadenceBody,
  ): Promise<object> {
    // What is wrong with the body comes first: whatever can be no type is asked for as one that does not exist.
    const connectorType = TYPE.test(type) ? type : '';
    const { cadence, version } = await this.bus.rpc(CatalogService, commandOf(caller)).setConnectorCadence({
      connectorType,
      userId: caller.userId,
      ...(interval !== null && { interval }),
    });
    if (!cadence) throw notFound();
    if (version > 0) await this.visibility.reachedCadence(connectorType, version);
    const [entry = {}] = await this.wire([cadence]);
    return entry;
  }

  private async wire(cadences: readonly Plain<ConnectorCadence>[]): Promise<object[]> {
    const userIds = [...new Set(cadences.flatMap(({ updatedBy }) => updatedBy ?? []))];
    const { names } =
      userIds.length > 0 ? await this.bus.rpc(AccessService).nameUsers({ userIds }) : { names: {} };
    return cadences.map((cadence) => cadenceWire(cadence, names));
  }
}

/** `names`: by user id, of those who are members of some workspace still. */
function cadenceWire(cadence: Plain<ConnectorCadence>, names: Readonly<Record<string, string>>) {
  const { updatedBy } = cadence;
  return {
    connector_type: cadence.connectorType,
    default_interval: cadence.defaultInterval,
    override: cadence.override ?? null,
    effective_interval: cadence.effectiveInterval,
    updated_by: updatedBy === undefined ? null : { user_id: updatedBy, name: names[updatedBy] ?? null },
    updated_at: cadence.updatedAt === undefined ? null : wireTime(cadence.updatedAt),
  };
}
