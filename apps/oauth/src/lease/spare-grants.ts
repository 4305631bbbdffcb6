import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { RevocationQueue } from '../credential/revocation-queue.js';
import { Credential } from '../credential/credential.entity.js';
import { Vault, type OAuthTokens, type SealedColumns } from '../vault/vault.js';
import type { RefreshHold } from './refresh-lock.js';

/**
 * What a late holder brought: it may not overwrite the newer tokens, but the provider may have made its own the only
 * ones that last. They are kept beside, and tried before a refusal becomes a verdict.
 */
@Injectable()
export class SpareGrants {
  constructor(
    private readonly database: DataSource,
    private readonly vault: Vault,
    private readonly revocations: RevocationQueue,
  ) {}

  async keep(hold: RefreshHold, tokens: OAuthTokens): Promise<void> {
    await this.database.transaction(async (manager) => {
      const row = await manager.findOne(Credential, {
        where: { id: hold.credentialId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return;
      // Disconnected meanwhile: these are the tokens that live on at the provider.
      if (row.status === 'retired') return this.revocations.add(manager, row, tokens);
      const sealed = this.vault.sealTokens(spareBinding(hold), tokens);
      await manager.query(
        `INSERT INTO spare_grant (credential_id, workspace_id, key_version, wrapped_key, ciphertext)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (credential_id) DO UPDATE
         SET key_version = $3, wrapped_key = $4, ciphertext = $5`,
        [row.id, row.workspaceId, sealed.keyVersion, sealed.wrappedKey, sealed.ciphertext],
      );
    });
  }

  async find(hold: RefreshHold): Promise<OAuthTokens | undefined> {
    const rows: SealedColumns[] = await this.database.query(
      `SELECT key_version AS "keyVersion", wrapped_key AS "wrappedKey", ciphertext
       FROM spare_grant WHERE credential_id = $1`,
      [hold.credentialId],
    );
    return rows[0] && this.vault.openTokens(spareBinding(hold), rows[0]);
  }

  /** Once its tokens are stored as the credential's own, or turned out to be dead. */
  async drop(hold: RefreshHold): Promise<void> {
    await this.database.query(`DELETE FROM spare_grant WHERE credential_id = $1`, [hold.credentialId]);
  }
}

function spareBinding(hold: RefreshHold) {
  return { rowId: hold.credentialId, workspaceId: hold.workspaceId, kind: 'spare' };
}
