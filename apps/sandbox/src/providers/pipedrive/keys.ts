import { sandboxCredentials } from '../../credentials.js';
import { type ProviderState } from '../provider-state.js';

export interface KeyHolder {
  companyId: string;
  isAdmin: boolean;
}

/** The key in the product page's own example, which therefore works as printed. */
const exampleKey = 'pd_live_xxxxxxxxxxxxxxxx';

/**
 * API keys: `sandbox_<company id>` and `sandbox_<company id>_<anything>`, each a key of that company. The suffix
 * makes further keys of the same company; `member` is a user who is no admin. Revoking kills the keys without a
 * suffix and all that were used before; a suffix not seen yet is a freshly generated key.
 */
export class ApiKeys {
  private readonly firstUse = new Map<string, number>();

  constructor(private readonly state: ProviderState) {}

  /** Whose key it is; undefined for unknown and revoked ones. */
  read(key: string): KeyHolder | undefined {
    const known = key === exampleKey ? sandboxCredentials.pipedrive.api_key : key;
    const match = /^sandbox_([1-9]\d{0,9})(?:_([A-Za-z0-9]{1,32}))?$/.exec(known);
    if (!match) return undefined;
    const [, companyId, suffix] = match;
    if (!this.firstUse.has(known)) this.firstUse.set(known, suffix === undefined ? 0 : this.state.instant());
    const cutoff = this.state.cutoff('revoke_tokens', companyId);
    if (cutoff > 0 && this.firstUse.get(known)! <= cutoff) return undefined;
    return { companyId: companyId!, isAdmin: suffix !== 'member' };
  }
}
