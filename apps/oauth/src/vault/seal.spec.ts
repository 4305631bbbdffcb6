import { randomBytes } from 'node:crypto';

import { Keyring, KeyringError } from './keyring.js';
import { open, rewrap, seal, type SealBinding } from './seal.js';

const one = `1:${randomBytes(32).toString('base64')}`;
const two = `2:${randomBytes(32).toString('base64')}`;
const binding: SealBinding = { rowId: 'c1', workspaceId: 'w1', kind: 'oauth' };
const old = Keyring.parse(one);

describe('a sealed secret', () => {
  const sealed = seal(old, binding, 'pd_live_secret');

  it('opens to what was sealed', () => expect(open(old, binding, sealed)).toBe('pd_live_secret'));

  it('does not show the secret', () => {
    expect(Buffer.concat([sealed.wrappedKey, sealed.ciphertext]).includes('pd_live_secret')).toBe(false);
  });

  it('is never the same twice', () => {
    expect(seal(old, binding, 'pd_live_secret').ciphertext.equals(sealed.ciphertext)).toBe(false);
  });

  it.each([
    ['another row', { ...binding, rowId: 'c2' }],
    ['another workspace', { ...binding, workspaceId: 'w2' }],
    ['another kind', { ...binding, kind: 'api_key' }],
  ])('does not open in %s', (_what, other) => expect(() => open(old, other, sealed)).toThrow());

  it('does not open when a bit was changed', () => {
    const ciphertext = Buffer.from(sealed.ciphertext);
    ciphertext[20]! ^= 1;
    expect(() => open(old, binding, { ...sealed, ciphertext })).toThrow();
  });

  it('does not open under another key of the same version', () => {
    const foreign = Keyring.parse(`1:${randomBytes(32).toString('base64')}`);
    expect(() => open(foreign, binding, sealed)).toThrow();
  });
});

describe('rotation', () => {
  const sealed = seal(old, binding, 'secret');
  const both = Keyring.parse(`${one},${two}`);
  const moved = rewrap(both, binding, sealed);

  it('reads what the older key wrapped', () => expect(open(both, binding, sealed)).toBe('secret'));
  it('seals with the highest version', () => expect(seal(both, binding, 'x').keyVersion).toBe(2));
  it('seals with an older version while the newest is being given out', () =>
    expect(seal(Keyring.parse(`${one},${two}`, 1), binding, 'x').keyVersion).toBe(1));
  it('wraps anew, so that the older key can go', () => {
    expect(open(Keyring.parse(two), binding, moved)).toBe('secret');
    expect(moved.ciphertext).toBe(sealed.ciphertext);
  });
  it('says which key is missing when it went too early', () =>
    expect(() => open(Keyring.parse(two), binding, sealed)).toThrow(KeyringError));
});

describe('the keyring', () => {
  it.each(['', 'secret', '0:AAAA', '1:AAAA', `${one},${one}`])('refuses %j', (text) => {
    expect(() => Keyring.parse(text)).toThrow(KeyringError);
  });
});
