import type { UnitOfWork } from '@connections/event-store';
import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';

import { bindingOf, Vault } from '../vault/vault.js';
import { credential } from './credential.decider.js';
import { Credential } from './credential.entity.js';
import { RevocationQueue } from './revocation-queue.js';

export type RetirementReason = 'replaced' | 'disconnected' | 'unreferenced';

/** The end of a credential: its secrets are wiped, and the provider is to be told. */
@Injectable()
export class Retirement {
  private readonly logger = createLogger('oauth');

  constructor(
    private readonly vault: Vault,
    private readonly revocations: RevocationQueue,
  ) {}

  /** `row` must be locked: a refresh that stores in between would leave tokens that nobody revokes. */
  async retire(tx: UnitOfWork, row: Credential, reason: RetirementReason): Promise<void> {
    if (row.status === 'retired') return;
    const { id } = row;
    await tx.execute(credential, id, { type: 'RetireCredential', data: { credentialId: id, reason } });
    if (row.kind === 'oauth') await this.queueRevocation(tx, row);
    await tx.manager.query(
      `UPDATE credential SET status = 'retired', key_version = NULL, wrapped_key = NULL, ciphertext = NULL,
              verdict_due_at = NULL, cool_down_until = NULL, cool_down_code = NULL
       WHERE credential_id = $1`,
      [id],
    );
    await tx.manager.query(`DELETE FROM spare_grant WHERE credential_id = $1`, [id]);
  }

  private async queueRevocation(tx: UnitOfWork, row: Credential): Promise<void> {
    try {
      await this.revocations.add(tx.manager, row, this.vault.openTokens(bindingOf(row), row));
    } catch (error) {
      // A secret that no longer opens must still be wiped; its grant ends with the provider's own expiry.
      this.logger.error({ err: error, credentialId: row.id }, 'Cannot queue the revocation of a credential');
    }
  }
}
