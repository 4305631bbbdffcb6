import { AccessService, scopeBundles, type ApiKey, type Plain } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { wireTime } from '@connections/read-model';
import { Body, Controller, Param, Res } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString } from 'class-validator';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { pathId, uuidv7 } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { Text } from '../input/text.js';
import { freshKey } from './api-key.js';
import * as schema from './workspace.schema.js';

const MANAGE = 'keys:manage';

export class ApiKeyBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Text(100)
  name: string;

  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: 50,
    description: 'Scopes that you hold, or the bundle `mcp_read_only`.',
  })
  @IsString({ each: true, message: 'must be a list of scopes' })
  @ArrayMaxSize(50, { message: 'must name 50 scopes at most' })
  @ArrayMinSize(1, { message: 'must name a scope' })
  @IsArray({ message: 'must be a list of scopes' })
  scopes: string[];
}

@ApiTags('api-keys')
@Controller(API)
export class ApiKeysController {
  constructor(private readonly bus: Bus) {}

  @Operation({
    id: 'api_keys.create',
    method: 'POST',
    path: 'api-keys',
    scope: MANAGE,
    summary: 'Make a key of yours; it is shown this once',
    body: ApiKeyBody,
    status: 201,
    answer: schema.newApiKey,
    answersSecret: true,
  })
  async create(
    @TheCaller() caller: Caller,
    @Body() { name, scopes: named }: ApiKeyBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { workspaceId, userId } = caller;
    const { key, keyHash, prefix } = freshKey();
    const keyId = uuidv7();
    const scopes = [...new Set(named.flatMap((scope) => bundle(scope) ?? [scope]))];
    const issued = { keyId, workspaceId, userId, name, scopes, prefix };
    await this.access(caller).issueApiKey({ ...issued, keyHash, ...by(caller) });
    reply.header('Location', `/${API}/api-keys/${keyId}`);
    return { ...keyWire({ ...issued, issuedAt: new Date().toISOString() }), key };
  }

  /** Those of everybody to a manager of keys, one's own to anybody. */
  @Operation({
    id: 'api_keys.list',
    method: 'GET',
    path: 'api-keys',
    scope: null,
    summary: 'The keys that work, newest first: all with keys:manage, else your own',
    answer: schema.apiKeys,
  })
  async list(@TheCaller() { workspaceId, userId, scopes }: Caller): Promise<object> {
    const { apiKeys } = await this.bus
      .rpc(AccessService, { workspaceId })
      .listApiKeys({ workspaceId, ...(!scopes.includes(MANAGE) && { userId }) });
    return { api_keys: apiKeys.map(keyWire) };
  }

  @Operation({
    id: 'api_keys.revoke',
    method: 'DELETE',
    path: 'api-keys/:id',
    scope: null,
    summary: 'Revoke a key for ever: any with keys:manage, else one of yours',
    answer: schema.revokedApiKey,
  })
  async revoke(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const { workspaceId, userId, scopes } = caller;
    try {
      const keyId = pathId(id);
      await this.access(caller).revokeApiKey({ workspaceId, keyId, userId, ...by(caller) });
      return { id: keyId, status: 'revoked' };
    } catch (error) {
      // Scopes come before rows: whoever may revoke their own only is not told which other ids exist.
      if (error instanceof DomainError && error.code === 'not_found' && !scopes.includes(MANAGE)) {
        throw new DomainError('missing_scope', `Revoking another member’s key needs the scope ${MANAGE}.`, {
          required: MANAGE,
        });
      }
      throw error;
    }
  }

  private access(caller: Caller) {
    return this.bus.rpc(AccessService, commandOf(caller));
  }
}

/** A console session has no key: it may hand on all that its member may do. */
const by = ({ keyId }: Caller) => (keyId === '' ? {} : { byKeyId: keyId });

const bundle = (name: string): readonly string[] | undefined =>
  Object.hasOwn(scopeBundles, name) ? scopeBundles[name] : undefined;

function keyWire({ keyId, userId, name, scopes, prefix, issuedAt }: Plain<ApiKey>) {
  return { id: keyId, name, prefix, scopes, user_id: userId, created_at: wireTime(issuedAt) };
}
