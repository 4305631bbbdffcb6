import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import type { Keyring } from './keyring.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A secret at rest: the text under a data key of its own, and that key under a key-encryption key. */
export interface Sealed {
  readonly keyVersion: number;
  readonly wrappedKey: Buffer;
  readonly ciphertext: Buffer;
}

/** What a sealed secret is bound to: moved to another row, workspace or kind, it does not open. */
export interface SealBinding {
  readonly rowId: string;
  readonly workspaceId: string;
  readonly kind: string;
}

export function seal(keyring: Keyring, binding: SealBinding, plaintext: string): Sealed {
  const dataKey = randomBytes(32);
  const aad = associatedData(binding);
  const sealed = {
    keyVersion: keyring.currentVersion,
    wrappedKey: encrypt(keyring.key(keyring.currentVersion), aad, dataKey),
    ciphertext: encrypt(dataKey, aad, Buffer.from(plaintext, 'utf8')),
  };
  dataKey.fill(0);
  return sealed;
}

/** @throws when the key is missing, or anything about the row is not as it was sealed */
export function open(keyring: Keyring, binding: SealBinding, sealed: Sealed): string {
  const aad = associatedData(binding);
  const dataKey = decrypt(keyring.key(sealed.keyVersion), aad, sealed.wrappedKey);
  const plaintext = decrypt(dataKey, aad, sealed.ciphertext);
  dataKey.fill(0);
  return plaintext.toString('utf8');
}

/** The same secret with its data key under the current key-encryption key; the secret itself is not touched. */
export function rewrap(keyring: Keyring, binding: SealBinding, sealed: Sealed): Sealed {
  const aad = associatedData(binding);
  const dataKey = decrypt(keyring.key(sealed.keyVersion), aad, sealed.wrappedKey);
  const wrappedKey = encrypt(keyring.key(keyring.currentVersion), aad, dataKey);
  dataKey.fill(0);
  return { keyVersion: keyring.currentVersion, wrappedKey, ciphertext: sealed.ciphertext };
}

/** JSON of an array: no choice of ids can make two bindings read alike. */
function associatedData({ rowId, workspaceId, kind }: SealBinding): Buffer {
  return Buffer.from(JSON.stringify(['connections.vault.1', rowId, workspaceId, kind]), 'utf8');
}

function encrypt(key: Buffer, aad: Buffer, plaintext: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, aad: Buffer, sealed: Buffer): Buffer {
  const iv = sealed.subarray(0, IV_BYTES);
  const body = sealed.subarray(IV_BYTES, -TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(body), decipher.final()]);
}
