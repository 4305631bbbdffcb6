import type { Account, Plain } from '@connections/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type CredentialKind = 'oauth' | 'api_key' | 'handle';
export type CredentialStatus = 'staged' | 'active' | 'rejected' | 'retired';

/** A row of the vault. Columns of secrets are read only where they are asked for. */
@Entity('credential')
export class Credential {
  @PrimaryColumn('text', { name: 'credential_id' })
  id: string;

  @Column('text', { name: 'workspace_id' })
  workspaceId: string;

  @Column('text', { name: 'connector_type' })
  connectorType: string;

  @Column('text')
  kind: CredentialKind;

  @Column('text')
  status: CredentialStatus;

  @Column('text', { name: 'connection_id', nullable: true })
  connectionId: string | null;

  /** OAuth: the member who gave the consent. */
  @Column('text', { name: 'user_id', nullable: true })
  userId: string | null;

  /** Moves with each stored token; an auth verdict counts only against the current one. */
  @Column('integer')
  version: number;

  @Column('jsonb')
  account: Plain<Account>;

  /** Where the provider said this account's API is. */
  @Column('text', { name: 'base_url', nullable: true })
  baseUrl: string | null;

  @Column('text', { array: true })
  scopes: string[];

  @Column('integer', { name: 'key_version', nullable: true })
  keyVersion: number | null;

  @Column('bytea', { name: 'wrapped_key', nullable: true })
  wrappedKey: Buffer | null;

  @Column('bytea', { nullable: true })
  ciphertext: Buffer | null;

  @Column('timestamptz', { name: 'staged_at' })
  stagedAt: Date;

  /** Of the access token; null for what does not expire. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** From here on the token is refreshed, though it still works. */
  @Column('timestamptz', { name: 'refresh_due_at', nullable: true })
  refreshDueAt: Date | null;

  /** Attempts on this version whose holders never told how they ended; each may hold what the provider answered. */
  @Column('integer', { name: 'unsettled_refreshes' })
  unsettledRefreshes: number;

  /** A refusal of this version becomes a verdict at this time, unless a holder thought dead stores first. */
  @Column('timestamptz', { name: 'verdict_due_at', nullable: true })
  verdictDueAt: Date | null;

  @Column('integer', { name: 'refresh_failures' })
  refreshFailures: number;

  @Column('timestamptz', { name: 'cool_down_until', nullable: true })
  coolDownUntil: Date | null;

  /** What callers are refused with until then. */
  @Column('text', { name: 'cool_down_code', nullable: true })
  coolDownCode: string | null;
}
