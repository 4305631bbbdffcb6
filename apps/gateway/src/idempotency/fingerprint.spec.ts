import { fingerprint } from './fingerprint.js';

const request = { caller: 'key:1', method: 'POST', path: '/connections', key: 'k' };
const { requestHash, bodyHmac } = fingerprint(request, { a: 1, b: [{ c: 2, d: 3 }] });

it.each([{ caller: 'key:2' }, { method: 'PATCH' }, { path: '/members' }, { key: 'l' }])(
  'tells requests apart by %j',
  (other) => expect(fingerprint({ ...request, ...other }, undefined).requestHash).not.toBe(requestHash),
);

it('does not mind the order of fields', () => {
  expect(fingerprint(request, { b: [{ d: 3, c: 2 }], a: 1 })).toEqual({ requestHash, bodyHmac });
});

it.each([undefined, {}, { a: 1 }, { a: 1, b: [{ c: 2, d: 4 }] }, { a: '1', b: [{ c: 2, d: 3 }] }])(
  'minds the body %j',
  (body) => expect(fingerprint(request, body).bodyHmac).not.toBe(bodyHmac),
);

it('gives one body under two keys nothing in common', () => {
  expect(fingerprint({ ...request, key: 'l' }, { a: 1 }).bodyHmac).not.toBe(
    fingerprint(request, { a: 1 }).bodyHmac,
  );
});
