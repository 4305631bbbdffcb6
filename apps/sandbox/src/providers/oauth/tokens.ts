import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ProviderState } from '../provider-state.js';

/** Whose consent a token rests on. Times in epoch milliseconds. */
export interface Grant {
  account: string;
  user: number;
  scopes: string[];
  /** When consent was given. */
  grantedAt: number;
}
export interface Token extends Grant {
  use: 'access_token' | 'refresh_token';
  /** Tells tokens apart; also what makes an access token longer than 300 characters. */
  nonce: string;
  issuedAt: number;
  expiresAt?: number;
}
interface Code extends Grant {
  redirectUri: string;
  challenge?: string;
  expiresAt: number;
}
export type Reading =
  { verdict: 'valid'; token: Token } | { verdict: 'expired'; token: Token } | { verdict: 'invalid' };

// Not a secret: it only makes garbage tokens recognisable as such.
const signingKey = 'sandbox';
/** `{"` in base64url, with which every token's body begins. */
const bodyStart = 'eyJ';
const codeLifetimeMs = 600_000;

/**
 * Codes and tokens. Tokens carry their own contents, signed, so that a connection made before the sandbox was
 * restarted still works after it; what was revoked or used up is remembered only while it runs.
 */
export class Tokens {
  private readonly codes = new Map<string, Code>();
  private readonly dead = new Set<string>();
  private readonly deadGrants = new Set<number>();

  /** @param lifetimeS of access tokens, in seconds, unless a control says otherwise */
  constructor(
    private readonly state: ProviderState,
    private readonly lifetimeS: number,
  ) {}

  /** A single-use authorization code, good for ten minutes. */
  newCode(grant: Omit<Grant, 'grantedAt'>, redirectUri: string, challenge?: string): string {
    const code = randomBytes(20).toString('hex');
    const grantedAt = this.state.instant();
    this.codes.set(code, {
      ...grant,
      grantedAt,
      redirectUri,
      challenge,
      expiresAt: Date.now() + codeLifetimeMs,
    });
    return code;
  }

  /**
   * Uses up a code.
   * @param verifier the PKCE code verifier, required when the authorize request had a challenge
   */
  redeem(
    code: string,
    redirectUri: string,
    verifier?: string,
  ): Grant | 'unknown' | 'expired' | 'redirect' | 'verifier' {
    const found = this.codes.get(code);
    if (!found) return 'unknown';
    this.codes.delete(code);
    if (found.expiresAt <= Date.now()) return 'expired';
    if (found.redirectUri !== redirectUri) return 'redirect';
    if (found.challenge) {
      const hashed = createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url');
      if (hashed !== found.challenge) return 'verifier';
    }
    const { account, user, scopes, grantedAt } = found;
    return { account, user, scopes, grantedAt };
  }

  /** The lifetime of an access token of this account in seconds. */
  lifetime(account: string): number {
    return this.state.controls.get('token_ttl_s', account) ?? this.lifetimeS;
  }

  newAccess(grant: Grant): string {
    const issuedAt = this.state.instant();
    return this.sign(grant, 'access_token', 96, issuedAt, issuedAt + this.lifetime(grant.account) * 1000);
  }

  newRefresh(grant: Grant): string {
    return this.sign(grant, 'refresh_token', 12, this.state.instant());
  }

  /** True when refresh tokens of this account are single use. */
  rotates(account: string): boolean {
    return this.state.controls.get('rotate_refresh_tokens', account) ?? false;
  }

  readAccess(text: string): Reading {
    const token = this.read(text, 'access_token');
    if (!token || this.isRevoked(token)) return { verdict: 'invalid' };
    const expired =
      (token.expiresAt ?? 0) <= Date.now() ||
      token.issuedAt <= this.state.cutoff('expire_tokens', token.account);
    return { verdict: expired ? 'expired' : 'valid', token };
  }

  readRefresh(text: string): Token | undefined {
    const token = this.read(text, 'refresh_token');
    return token && !this.isRevoked(token) ? token : undefined;
  }

  /** Whose code or token it is, dead ones included; providers put a prefix of their own before a token. */
  accountOf(text: string): string | undefined {
    const code = this.codes.get(text);
    if (code) return code.account;
    const signed = text.slice(Math.max(0, text.indexOf(bodyStart)));
    return (this.read(signed, 'access_token') ?? this.read(signed, 'refresh_token'))?.account;
  }

  /** Ends one token: a rotated refresh token, a revoked access token. */
  end(token: Token): void {
    this.dead.add(token.nonce);
  }

  /** Ends one consent: its refresh token, and every access token that came of it. */
  endGrant({ grantedAt }: Grant): void {
    this.deadGrants.add(grantedAt);
  }

  /** A refresh token that was good once and has been used up. */
  readSpent(text: string): Token | undefined {
    const token = this.read(text, 'refresh_token');
    return token && this.dead.has(token.nonce) ? token : undefined;
  }

  /** Ends the app's whole install in the portal: every token of every connection to it. */
  uninstall(account: string): void {
    this.state.revoke(account);
  }

  private isRevoked(token: Token): boolean {
    if (this.dead.has(token.nonce) || this.deadGrants.has(token.grantedAt)) return true;
    return token.grantedAt <= this.state.cutoff('revoke_tokens', token.account);
  }

  private sign(grant: Grant, use: Token['use'], bytes: number, issuedAt: number, expiresAt?: number): string {
    const token: Token = { ...grant, use, nonce: randomBytes(bytes).toString('hex'), issuedAt, expiresAt };
    const body = Buffer.from(JSON.stringify(token)).toString('base64url');
    return `${body}.${mac(body)}`;
  }

  private read(text: string, use: Token['use']): Token | undefined {
    const [body = '', signature = ''] = text.split('.');
    const expected = mac(body);
    if (signature.length !== expected.length) return undefined;
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
    const token = JSON.parse(Buffer.from(body, 'base64url').toString()) as Token;
    return token.use === use ? token : undefined;
  }
}

function mac(body: string): string {
  return createHmac('sha256', signingKey).update(body).digest('base64url');
}
