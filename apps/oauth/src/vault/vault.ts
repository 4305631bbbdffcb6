import { Inject, Injectable } from '@nestjs/common';

import { Keyring } from './keyring.js';
import { open, seal, type SealBinding, type Sealed } from './seal.js';

/** Sealed columns as a row has them; null together where there is no secret. */
export interface SealedColumns {
  readonly keyVersion: number | null;
  readonly wrappedKey: Buffer | null;
  readonly ciphertext: Buffer | null;
}

/** What the provider gave for a consent. */
export interface OAuthTokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
}

/** The only place where secrets are opened. What it answers goes into a request to a provider or an RPC answer. */
@Injectable()
export class Vault {
  constructor(@Inject(Keyring) private readonly keyring: Keyring) {}

  seal(binding: SealBinding, plaintext: string): Sealed {
    return seal(this.keyring, binding, plaintext);
  }

  sealTokens(binding: SealBinding, tokens: OAuthTokens): Sealed {
    return this.seal(binding, JSON.stringify(tokens));
  }

  /** @throws for wiped rows, and for anything that is not as it was sealed */
  open(binding: SealBinding, { keyVersion, wrappedKey, ciphertext }: SealedColumns): string {
    if (keyVersion === null || wrappedKey === null || ciphertext === null) {
      throw new Error(`No secret in ${binding.kind} ${binding.rowId}`);
    }
    return open(this.keyring, binding, { keyVersion, wrappedKey, ciphertext });
  }

  openTokens(binding: SealBinding, columns: SealedColumns): OAuthTokens {
    return JSON.parse(this.open(binding, columns)) as OAuthTokens;
  }
}

/** What a credential's secret is bound to. */
export function bindingOf(credential: { id: string; workspaceId: string; kind: string }): SealBinding {
  return { rowId: credential.id, workspaceId: credential.workspaceId, kind: credential.kind };
}
