import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v4 as uuid } from 'uuid';

import type { Sealed } from '../vault/seal.js';
import type { SealedColumns } from '../vault/vault.js';
import { LOCK_MS } from './refresh-outcome.js';

/** The right to refresh one version of one credential, for {@link LOCK_MS}. */
export interface RefreshHold extends SealedColumns {
  readonly holder: string;
  readonly credentialId: string;
  readonly workspaceId: string;
  readonly kind: string;
  readonly connectorType: string;
  readonly version: number;
  readonly failures: number;
  /** Monotonic milliseconds (`performance.now()`). */
  readonly startedAt: number;
}

/**
 * The lock is columns of the row, not a database lock: no transaction is open while the provider is asked, and a
 * holder that dies leaves nothing but a time that passes.
 */
@Injectable()
export class RefreshLock {
  constructor(private readonly database: DataSource) {}

  /** Undefined while another holds it, while it cools down, or once the version has moved on. */
  async acquire(credentialId: string, version: number): Promise<RefreshHold | undefined> {
    const holder = uuid();
    const startedAt = performance.now();
    const [rows]: [Omit<RefreshHold, 'holder' | 'startedAt'>[], number] = await this.database.query(
      `UPDATE credential SET refresh_holder = $3, refresh_started_at = now(),
              refresh_until = now() + make_interval(secs => $4), unsettled_refreshes = unsettled_refreshes + 1
       WHERE credential_id = $1 AND version = $2 AND status IN ('staged', 'active')
         AND (refresh_until IS NULL OR refresh_until <= now())
         AND (cool_down_until IS NULL OR cool_down_until <= now())
         AND verdict_due_at IS NULL
       RETURNING credential_id AS "credentialId", workspace_id AS "workspaceId", kind, version,
                 connector_type AS "connectorType", refresh_failures AS failures, key_version AS "keyVersion",
                 wrapped_key AS "wrappedKey", ciphertext`,
      [credentialId, version, holder, LOCK_MS / 1000],
    );
    return rows[0] && { ...rows[0], holder, startedAt };
  }

  /**
   * Stores what the provider answered, as the next version, if the row still has the version it was asked with.
   * Access and refresh token go in one statement, before either is used. Without a base URL the former one stays.
   */
  async store(
    hold: RefreshHold,
    sealed: Sealed,
    kept: { expiresAt?: Date; refreshDueAt?: Date; baseUrl?: string | undefined },
  ): Promise<boolean> {
    const [, stored]: [unknown[], number] = await this.database.query(
      `UPDATE credential SET version = version + 1, key_version = $3, wrapped_key = $4, ciphertext = $5,
              expires_at = $6, refresh_due_at = $7, refresh_holder = NULL, refresh_started_at = NULL,
              refresh_until = NULL, unsettled_refreshes = 0, verdict_due_at = NULL, refresh_failures = 0,
              cool_down_until = NULL, cool_down_code = NULL, base_url = coalesce($8, base_url)
       WHERE credential_id = $1 AND version = $2 AND status <> 'retired'`,
      [
        hold.credentialId,
        hold.version,
        sealed.keyVersion,
        sealed.wrappedKey,
        sealed.ciphertext,
        kept.expiresAt ?? null,
        kept.refreshDueAt ?? null,
        kept.baseUrl ?? null,
      ],
    );
    return stored > 0;
  }

  /** Attempts on this version, beside this one, that never told how they ended. */
  async othersUnsettled(hold: RefreshHold): Promise<number> {
    const rows: { others: number }[] = await this.database.query(
      `SELECT greatest(unsettled_refreshes - 1, 0) AS others FROM credential WHERE credential_id = $1 AND version = $2`,
      [hold.credentialId, hold.version],
    );
    return rows[0]?.others ?? 0;
  }

  /** This attempt ended without tokens. One that lost its lock meanwhile only counts itself as settled. */
  async release(
    hold: RefreshHold,
    rest: { readonly coolDownMs?: number; readonly code?: string; readonly verdictInMs?: number },
  ): Promise<void> {
    await this.database.query(
      `UPDATE credential SET unsettled_refreshes = greatest(unsettled_refreshes - 1, 0),
              refresh_failures = refresh_failures + 1,
              refresh_until = CASE WHEN refresh_holder = $3 THEN NULL ELSE refresh_until END,
              cool_down_until = CASE WHEN refresh_holder = $3 THEN now() + make_interval(secs => $4)
                                     ELSE cool_down_until END,
              cool_down_code = CASE WHEN refresh_holder = $3 THEN $5 ELSE cool_down_code END,
              verdict_due_at = CASE WHEN refresh_holder = $3 THEN now() + make_interval(secs => $6)
                                    ELSE verdict_due_at END,
              refresh_holder = CASE WHEN refresh_holder = $3 THEN NULL ELSE refresh_holder END
       WHERE credential_id = $1 AND version = $2`,
      [
        hold.credentialId,
        hold.version,
        hold.holder,
        rest.coolDownMs === undefined ? null : rest.coolDownMs / 1000,
        rest.code ?? null,
        rest.verdictInMs === undefined ? null : rest.verdictInMs / 1000,
      ],
    );
  }
}
