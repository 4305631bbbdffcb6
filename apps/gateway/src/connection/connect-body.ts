import type { AuthMethod } from '@connections/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

import { Optional } from '../input/optional.js';
import type { FieldFault } from '../refusal/refusals.js';
import { Text } from '../input/text.js';
import { ProviderKey } from './provider-key.js';

export class ConnectBody {
  @ApiProperty({ example: 'hubspot' })
  @Text(100)
  connector_type: string;

  @ApiPropertyOptional({ description: 'How the connection is called; the catalog’s name by default.' })
  @Optional()
  @Text(100)
  name?: string;

  @ApiPropertyOptional({ description: 'Of connectors with the auth method api_key.' })
  @Optional()
  @ProviderKey()
  api_key?: string;

  @ApiPropertyOptional({
    description: 'Of connectors with the auth method handle: a handle or a profile’s URL.',
  })
  @Optional()
  @Text(500)
  account_handle?: string;

  @ApiPropertyOptional({ description: 'Must equal the id that the handle resolves to.' })
  @Optional()
  @Text(200)
  external_account_id?: string;

  @ApiPropertyOptional({ description: 'A label of the account.' })
  @Optional()
  @Text(100)
  display_name?: string;
}

type MethodField = 'api_key' | 'account_handle' | 'external_account_id' | 'display_name';
const methodFields: readonly MethodField[] = [
  'api_key',
  'account_handle',
  'external_account_id',
  'display_name',
];

const takes: Readonly<
  Record<AuthMethod, { readonly needed?: MethodField; readonly allowed: readonly MethodField[] }>
> = {
  oauth: { allowed: [] },
  api_key: { needed: 'api_key', allowed: ['api_key'] },
  handle: {
    needed: 'account_handle',
    allowed: ['account_handle', 'external_account_id', 'display_name'],
  },
};

/** What is wrong with a connect's fields for the connector's auth method: those of another method, and what is missing. */
export function methodFaults(method: AuthMethod, body: Partial<Record<MethodField, string>>): FieldFault[] {
  const { needed, allowed } = takes[method];
  const foreign = methodFields
    .filter((field) => body[field] !== undefined && !allowed.includes(field))
    .map((path) => ({ path, message: `does not belong to a connector whose auth method is ${method}` }));
  if (needed === undefined || body[needed] !== undefined) return foreign;
  return [...foreign, { path: needed, message: `is needed by a connector whose auth method is ${method}` }];
}
