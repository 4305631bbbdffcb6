import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

// Control characters, of which PostgreSQL takes no NUL and nobody means any.
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Text of so many characters, as people count them: at least one visible, no control characters, no half ones. */
export function Text(most: number): PropertyDecorator {
  const rule = ValidateBy({
    name: 'text',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        /\S/.test(value) &&
        [...value].length <= most &&
        !CONTROL.test(value) &&
        value.isWellFormed(),
      defaultMessage: () => `must be text of 1 to ${most} characters, without control characters`,
    },
  });
  // Evaluated before the property's own @ApiProperty…, which says whether it is required.
  return applyDecorators(ApiProperty({ minLength: 1, maxLength: most }), rule);
}
