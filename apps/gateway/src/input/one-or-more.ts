import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

import { Optional } from './optional.js';

/** A query parameter that takes one or more of these words, comma-separated; any of them will do. */
export function OneOrMoreOf(words: readonly string[]): PropertyDecorator {
  const rule = ValidateBy({
    name: 'oneOrMoreOf',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && unknownWords(value, words).length === 0,
      defaultMessage: ({ value } = { value: undefined } as never) => faultOf(value, words),
    },
  });
  const one = `(${words.join('|')})`;
  const description = `One or more of ${words.join(', ')}, comma-separated: any of them.`;
  return applyDecorators(
    ApiPropertyOptional({ pattern: `^${one}(,${one})*$`, description }),
    Optional(),
    rule,
  );
}

/** What a parameter names, each once. */
export const namesIn = (value: string): string[] => [...new Set(value.split(','))];

/** Says which word is none of those that may be, and which are. */
export function faultOf(value: unknown, words: readonly string[]): string {
  const allowed = `use one or more of ${words.join(', ')}, comma-separated`;
  if (typeof value !== 'string') return `must be given once: ${allowed}`;
  const [unknown = ''] = unknownWords(value, words);
  // Not all of it: whoever sends a novel need not get it back.
  return unknown === ''
    ? `has an empty word: ${allowed}`
    : `knows no ${JSON.stringify(unknown.slice(0, 40))}: ${allowed}`;
}

const unknownWords = (value: string, words: readonly string[]): string[] =>
  value.split(',').filter((word) => !words.includes(word));
