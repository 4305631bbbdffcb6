import { parseJson } from './json.js';

describe('parseJson', () => {
  it('keeps every digit of integers beyond 2^53, as strings', () => {
    expect(parseJson('{"id": 9007199254740993, "ids":[-1952000000000000002,7]}')).toEqual({
      id: '9007199254740993',
      ids: ['-1952000000000000002', 7],
    });
  });

  it('leaves ordinary numbers, long fractions and digits inside strings as they are', () => {
    const text =
      '{"a": 9007199254740991, "b": 0.12345678901234567, "c": 1e30, "d": "x: 12345678901234567890,"}';
    expect(parseJson(text)).toEqual({
      a: 9007199254740991,
      b: 0.12345678901234567,
      c: 1e30,
      d: 'x: 12345678901234567890,',
    });
  });

  it('tells texts from numbers, whatever quotes and backslashes they hold', () => {
    const value = {
      'key: 12345678901234567 ': '\\',
      escaped: 'he said "id": 12345678901234567, and [12345678901234567]',
      backslashes: '\\" 12345678901234567 \\\\',
    };
    const text = JSON.stringify({ ...value, id: 1 }).replace(/1}$/, '12345678901234567}');
    expect(parseJson(text)).toEqual({ ...value, id: '12345678901234567' });
  });

  it('throws for what is cut off', () => {
    expect(() => parseJson('{"id": 12345678901234567, "a": "b')).toThrow(SyntaxError);
    expect(() => parseJson('{"a": "b 12345678901234567 ')).toThrow(SyntaxError);
  });
});
