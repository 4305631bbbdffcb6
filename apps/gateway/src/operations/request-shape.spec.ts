import { IsString } from 'class-validator';

import { MalformedBody } from '../http/gateway-adapter.js';
import { Optional } from '../input/optional.js';
import { Nothing, shapeBody, shapeQuery } from './request-shape.js';
import { Text } from '../input/text.js';

class Body {
  @Text(5)
  name: string;

  @Optional()
  @IsString()
  note?: string;
}

describe('a request’s shape', () => {
  it('is filled in', () => {
    const { value, faults } = shapeBody(Body, { name: 'abc' });
    expect([{ ...value }, faults]).toEqual([{ name: 'abc' }, []]);
  });

  it.each<[string, unknown, string[]]>([
    ['what it does not have', { name: 'abc', more: 1 }, ['more']],
    ['what is missing', {}, ['name']],
    ['null for a field that may be left out', { name: 'abc', note: null }, ['note']],
    ['a body that is no object', [], ['']],
    ['a body that is no JSON', new MalformedBody(), ['']],
    ['an own __proto__', JSON.parse('{"name": "abc", "__proto__": {}}'), ['__proto__']],
    ['text beyond its length', { name: 'abcdef' }, ['name']],
    ['text of spaces', { name: '   ' }, ['name']],
    ['text with control characters', { name: 'a\u0000' }, ['name']],
    ['half a character', { name: '\ud83d' }, ['name']],
  ])('refuses %s', (_what, body, paths) => {
    expect(shapeBody(Body, body).faults.map(({ path }) => path)).toEqual(paths);
  });

  it('counts characters as people do', () => {
    expect(shapeBody(Body, { name: '👍👍👍👍👍' }).faults).toEqual([]);
  });

  it('that takes nothing takes no body or an empty one', () => {
    expect(shapeBody(Nothing, undefined).faults).toEqual([]);
    expect(shapeBody(Nothing, {}).faults).toEqual([]);
    expect(shapeQuery(Nothing, { verbose: '1' }).faults).toHaveLength(1);
  });
});
