import { AccessService, scopeBundles, type ApiKey, type Plain } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { wireTime } from '@connections/read-model';
import { Body, Controller, Param, Res } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString } from 'class-validator';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { pathId, uuidv7 } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { Optional } from '../input/optional.js';
import { Text } from '../input/text.js';
import { freshKey } from './api-key.js';
import * as schema from './workspace.schema.js';

const MANAGE = 'keys:manage';
const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a key may live, in days. */
const lifetimes: ReadonlyMap<string, number> = new Map([
  ['30d', 30],
  ['90d', 90],
  ['365d', 365],
  ['never', Infinity],
]);

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

  @ApiPropertyOptional({
    enum: [...lifetimes.keys()],
    default: 'never',
    description: 'How long it works; it cannot be prolonged.',
  })
  @Optional()
  @IsIn([...lifetimes.keys()], { message: `must be one of ${[...lifetimes.keys()].join(', ')}` })
  expires_in?: string;
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
    @Body() { name, scopes: named, expires_in: lifetime = 'never' }: ApiKeyBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { workspaceId, userId } = caller;
    const { key, keyHash, prefix } = freshKey();
    const keyId = uuidv7();
    const scopes = [...new Set(named.flatMap((scope) => bundle(scope) ?? [scope]))];
    const now = Date.now();
    const issued = { keyId, workspaceId, userId, name, scopes, prefix, ...expiry(lifetime, now) };
    await this.access(caller).issueApiKey({ ...issued, keyHash, ...by(caller) });
    reply.header('Location', `/${API}/api-keys/${keyId}`);
    return { ...keyWire({ ...issued, issuedAt: new Date(now).toISOString() }), key };
  }

  /** Those of everybody to a manager of keys, one's own to anybody. An expired one is shown for 30 days more. */
  @Operation({
    id: 'api_keys.list',
    method: 'GET',
    path: 'api-keys',
    scope: null,
    summary: 'The keys that are not revoked, newest first: all with keys:manage, else your own',
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

/** Of whole seconds, as it is shown. */
function expiry(lifetime: string, now: number): { expiresAt?: string } {
  const days = lifetimes.get(lifetime) ?? Infinity;
  if (days === Infinity) return {};
  const seconds = Math.floor(now / 1000) * 1000;
  return { expiresAt: new Date(seconds + days * DAY_MS).toISOString() };
}

function keyWire({ keyId, userId, name, scopes, prefix, issuedAt, expiresAt, lastUsedAt }: Plain<ApiKey>) {
  return {
    id: keyId,
    name,
    prefix,
    scopes,
    user_id: userId,
    created_at: wireTime(issuedAt),
    expires_at: wireTime(expiresAt ?? null),
    last_used_at: wireTime(lastUsedAt ?? null),
  };
}
