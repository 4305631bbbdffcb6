import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';

import { Text } from '../input/text.js';

/** A key as providers issue it. Other characters fit into no header: the request would fail as if the provider were away. */
export const ProviderKey = (): PropertyDecorator =>
  applyDecorators(
    Text(4096),
    Matches(/^[\x20-\x7e]*$/, { message: 'has characters that no API key has; copy it once more' }),
  );
