/** A refusal to work with a key-encryption key; never names key material. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

const KEY_BYTES = 32;

/**
 * The versioned key-encryption keys, as the environment names them: `1:<base64 of 32 bytes>,2:…`. The highest version
 * wraps what is sealed from now on; the others only open what they wrapped, until it is wrapped anew.
 */
export class Keyring {
  private constructor(
    private readonly keys: ReadonlyMap<number, Buffer>,
    readonly currentVersion: number,
  ) {}

  /**
   * @param current the version that wraps, where it is not the highest: a new key must reach every replica before the
   *   first of them uses it, or the others cannot open what that one sealed
   * @throws KeyringError for a text that is not such a list
   */
  static parse(text: string, current?: number): Keyring {
    const keys = new Map<number, Buffer>();
    for (const entry of text.split(',').map((part) => part.trim())) {
      const [, version, encoded] = /^([1-9]\d{0,8}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
      if (version === undefined || encoded === undefined) {
        throw new KeyringError('each key is written <version>:<base64>, versions from 1');
      }
      const key = Buffer.from(encoded, 'base64');
      if (key.length !== KEY_BYTES)
        throw new KeyringError(`key ${version} must be ${KEY_BYTES} bytes in base64`);
      if (keys.has(Number(version))) throw new KeyringError(`key ${version} is given twice`);
      keys.set(Number(version), key);
    }
    const wrapping = current ?? Math.max(...keys.keys());
    if (!keys.has(wrapping)) throw new KeyringError(`key ${wrapping} is to wrap and is not among the keys`);
    return new Keyring(keys, wrapping);
  }

  /** @throws KeyringError when the environment no longer holds this version: what it wrapped cannot be opened */
  key(version: number): Buffer {
    const key = this.keys.get(version);
    if (!key)
      throw new KeyringError(`key ${version} is not in VAULT_KEYS, and something is still wrapped by it`);
    return key;
  }
}
