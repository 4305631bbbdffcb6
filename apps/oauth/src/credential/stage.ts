import type { Account, Plain } from '@connections/contracts';
import type { ProviderAccount } from '@connections/connectors';
import type { UnitOfWork } from '@connections/event-store';
import { v7 as uuid } from 'uuid';

import { bindingOf, type Vault } from '../vault/vault.js';
import { credential } from './credential.decider.js';
import type { CredentialKind } from './credential.entity.js';

export interface CheckedCredential {
  readonly workspaceId: string;
  readonly connectorType: string;
  readonly kind: CredentialKind;
  readonly account: Plain<Account>;
  /** Absent for handles, which are read with the platform's own credential. */
  readonly secret?: string;
  /** Where the provider keeps this account, when it says so. */
  readonly baseUrl?: string | undefined;
  readonly userId?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: Date | undefined;
  readonly refreshDueAt?: Date | undefined;
}

/** Puts a credential that the provider accepted into the vault, until a connection refers to it. Returns its id. */
export async function stage(tx: UnitOfWork, vault: Vault, checked: CheckedCredential): Promise<string> {
  const id = uuid();
  const { workspaceId, connectorType, kind, account, secret } = checked;
  const sealed = secret === undefined ? undefined : vault.seal(bindingOf({ id, workspaceId, kind }), secret);
  await tx.execute(credential, id, {
    type: 'StageCredential',
    data: { credentialId: id, workspaceId, connectorType, kind },
  });
  await tx.manager.query(
    `INSERT INTO credential (credential_id, workspace_id, connector_type, kind, status, account, user_id, scopes,
                             key_version, wrapped_key, ciphertext, expires_at, refresh_due_at, base_url)
     VALUES ($1, $2, $3, $4, 'staged', $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      workspaceId,
      connectorType,
      kind,
      JSON.stringify(account),
      checked.userId ?? null,
      checked.scopes ?? [],
      sealed?.keyVersion ?? null,
      sealed?.wrappedKey ?? null,
      sealed?.ciphertext ?? null,
      checked.expiresAt ?? null,
      checked.refreshDueAt ?? null,
      checked.baseUrl ?? null,
    ],
  );
  return id;
}

/** The account as it travels: absent fields left out, for proto-JSON knows no undefined. */
export function accountOf(account: ProviderAccount, displayName?: string): Plain<Account> {
  const { externalId, label, handle, url } = account;
  const shown = displayName || account.displayName;
  return {
    externalId,
    label,
    ...(handle === undefined ? {} : { handle }),
    ...(shown === undefined ? {} : { displayName: shown }),
    ...(url === undefined ? {} : { url }),
  };
}
