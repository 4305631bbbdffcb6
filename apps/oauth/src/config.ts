import { DatabaseServiceConfig, IsWebAddress, loadConfig } from '@connections/platform';
import { IsInt, IsOptional, ValidateBy } from 'class-validator';

import { Keyring } from './vault/keyring.js';

export class OauthConfig extends DatabaseServiceConfig {
  /**
   * Key-encryption keys, `1:<base64 of 32 bytes>,2:…`; the highest version wraps. There is no default: secrets under a
   * key that nobody kept are lost. In development the launcher makes one.
   */
  @ValidateBy({
    name: 'vaultKeys',
    validator: { validate: isKeyring, defaultMessage: () => 'must be 1:<base64 of 32 bytes>,2:…' },
  })
  vaultKeys: string;

  /** Wraps instead of the highest: set while a new key is being given to all replicas, removed once all have it. */
  @IsOptional()
  @IsInt()
  vaultCurrentKey?: number;

  /** Where browsers reach the gateway; the OAuth redirect URI is below it. */
  @IsWebAddress('must be the gateway’s URL as browsers see it')
  publicUrl: string;

  get redirectUri(): string {
    return `${this.publicUrl.replace(/\/+$/, '')}/api/platform/v1/oauth/callback`;
  }
}

export const loadOauthConfig = (environment = process.env): OauthConfig =>
  loadConfig(OauthConfig, 'oauth', environment);

function isKeyring(value: unknown): boolean {
  try {
    Keyring.parse(String(value ?? ''));
    return true;
  } catch {
    return false;
  }
}
