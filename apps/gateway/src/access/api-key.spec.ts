import { hash } from 'node:crypto';

import { keyHashOf } from './api-key.js';

const of = (key: string) => hash('sha256', key, 'hex');

describe('the key of a request', () => {
  it.each([
    ['X-API-Key', { 'x-api-key': 'a' }, of('a')],
    ['Bearer', { authorization: 'Bearer b' }, of('b')],
    ['bearer in small letters', { authorization: 'bearer b' }, of('b')],
    ['both: Authorization wins', { authorization: 'Bearer b', 'x-api-key': 'a' }, of('b')],
    ['another scheme, which wins as well', { authorization: 'Basic b', 'x-api-key': 'a' }, undefined],
    ['none', {}, undefined],
    ['an empty one', { 'x-api-key': '' }, undefined],
    ['one that is too long', { 'x-api-key': 'a'.repeat(257) }, undefined],
  ])('%s', (_what, headers, expected) => expect(keyHashOf(headers)).toBe(expected));
});
