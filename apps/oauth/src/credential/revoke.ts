import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Providers } from '../provider/providers.js';
import { TokenEndpoint } from '../provider/token-endpoint.js';
import { TokenFault } from '../provider/token-fault.js';
import { Vault, type SealedColumns } from '../vault/vault.js';

const GIVE_UP_AFTER = 10;
const BATCH = 10;
/** Whose account it is for is not known before its end; a revocation of the whole grant would kill it in the making. */
const CONSENT_UNDER_WAY = `SELECT FROM authorization_attempt a
  WHERE a.workspace_id = r.workspace_id AND a.connector_type = r.connector_type
    AND a.status IN ('open', 'exchanging') AND a.expires_at > now()`;

interface DueRevocation extends SealedColumns {
  readonly id: string;
  readonly credentialId: string;
  readonly workspaceId: string;
  readonly connectorType: string;
  readonly externalId: string;
  readonly attempts: number;
}

/** Tells providers that consents have ended: best effort, retried with backoff, and what came of it is recorded. */
@Injectable()
export class Revoke {
  private readonly logger = createLogger('oauth');

  constructor(
    private readonly database: DataSource,
    private readonly providers: Providers,
    private readonly endpoint: TokenEndpoint,
    private readonly vault: Vault,
  ) {}

  /** One round over what is due; returns how many were tried. */
  async run(): Promise<number> {
    // The claim is a lease: a process that dies in the middle gives it back by itself.
    const [due]: [DueRevocation[], number] = await this.database.query(
      `UPDATE revocation SET attempts = attempts + 1, next_attempt_at = now() + interval '1 minute'
       WHERE revocation_id IN (
         SELECT revocation_id FROM revocation r WHERE state = 'pending' AND next_attempt_at <= now()
           AND NOT EXISTS (${CONSENT_UNDER_WAY})
         ORDER BY next_attempt_at LIMIT ${BATCH} FOR UPDATE OF r SKIP LOCKED)
       RETURNING revocation_id AS id, credential_id AS "credentialId", workspace_id AS "workspaceId",
                 connector_type AS "connectorType", external_id AS "externalId", attempts,
                 key_version AS "keyVersion", wrapped_key AS "wrappedKey", ciphertext`,
    );
    for (const revocation of due) await this.attempt(revocation);
    return due.length;
  }

  private async attempt(due: DueRevocation): Promise<void> {
    if (await this.isAccountInUse(due)) return this.settle(due, 'still_used');
    try {
      const connector = this.providers.connector(due.connectorType, 'oauth');
      const token = this.vault.open({ rowId: due.id, workspaceId: due.workspaceId, kind: 'revocation' }, due);
      await this.endpoint.revoke(connector, token, connector.auth.revocation?.token ?? 'refresh_token');
      await this.settle(due, 'revoked');
    } catch (error) {
      const fault = error instanceof TokenFault ? error.kind : 'unknown';
      // Dead already: what was wanted.
      if (fault === 'grant_refused') return this.settle(due, 'revoked');
      if (due.attempts >= GIVE_UP_AFTER) return this.settle(due, 'given_up', fault);
      this.logger.warn({ revocationId: due.id, fault, attempts: due.attempts }, 'Revocation put off');
      await this.database.query(
        `UPDATE revocation SET last_fault = $2, next_attempt_at = now() + make_interval(secs => $3)
         WHERE revocation_id = $1`,
        [due.id, fault, Math.min(3600, 15 * 2 ** due.attempts)],
      );
    }
  }

  /** Some providers revoke the app's whole grant on an account: another connection to it would die with this one. */
  private async isAccountInUse(due: DueRevocation): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `SELECT 1 FROM credential
       WHERE connector_type = $1 AND status IN ('staged', 'active') AND credential_id <> $2
         AND account->>'externalId' = $3 AND ($3 <> '' OR workspace_id = $4) LIMIT 1`,
      [due.connectorType, due.credentialId, due.externalId, due.workspaceId],
    );
    return rows.length > 0;
  }

  private async settle(due: DueRevocation, state: string, fault?: string): Promise<void> {
    await this.database.query(
      `UPDATE revocation SET state = $2, last_fault = $3, settled_at = now(),
              key_version = NULL, wrapped_key = NULL, ciphertext = NULL
       WHERE revocation_id = $1`,
      [due.id, state, fault ?? null],
    );
    this.logger.info(
      { revocationId: due.id, credentialId: due.credentialId, state, fault },
      'Revocation settled',
    );
  }
}
