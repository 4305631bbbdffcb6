import { type ProviderState } from './provider-state.js';

/**
 * API keys: `sandbox_<account>` and `sandbox_<account>_<anything>`, each a key of that account. Revoking kills the keys
 * without a suffix and all that were used before; a suffix not seen yet is a freshly generated key.
 */
export class AccountKeys {
  private readonly firstUse = new Map<string, number>();

  constructor(private readonly state: ProviderState) {}

  /** Whose key it is; undefined for unknown and revoked ones. */
  read(key: string): { account: string; suffix: string | undefined } | undefined {
    const match = /^sandbox_([1-9]\d{0,9})(?:_([A-Za-z0-9]{1,32}))?$/.exec(key);
    if (!match) return undefined;
    const [, account, suffix] = match as unknown as [string, string, string | undefined];
    if (!this.firstUse.has(key)) this.firstUse.set(key, suffix === undefined ? 0 : this.state.instant());
    const cutoff = this.state.cutoff('revoke_tokens', account);
    return cutoff > 0 && this.firstUse.get(key)! <= cutoff ? undefined : { account, suffix };
  }
}
