import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Keyring } from './keyring.js';
import { rewrap } from './seal.js';

/** Tables with sealed columns, and how a row of theirs is bound (see `seal`). */
const sealedTables = [
  { table: 'credential', id: 'credential_id', kind: 'kind' },
  { table: 'spare_grant', id: 'credential_id', kind: `'spare'` },
  { table: 'revocation', id: 'revocation_id', kind: `'revocation'` },
  { table: 'authorization_attempt', id: 'authorization_id', kind: `'authorization'` },
] as const;

const BATCH = 200;

interface Row {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: string;
  readonly keyVersion: number;
  readonly wrappedKey: Buffer;
}

/** Brings every data key under the current key-encryption key while the service runs; then the older one may go. */
@Injectable()
export class Rewrap {
  private readonly logger = createLogger('oauth');

  constructor(
    private readonly database: DataSource,
    private readonly keyring: Keyring,
  ) {}

  /** One round over all tables; returns how many rows it moved. Rows that do not open are told of and left. */
  async run(): Promise<number> {
    let moved = 0;
    for (const { table, id, kind } of sealedTables) {
      for (let after = ''; ;) {
        const rows: Row[] = await this.database.query(
          `SELECT ${id} AS id, workspace_id AS "workspaceId", ${kind} AS kind, key_version AS "keyVersion",
                  wrapped_key AS "wrappedKey"
           FROM ${table} WHERE key_version < $1 AND ${id} > $2 ORDER BY ${id} LIMIT ${BATCH}`,
          [this.keyring.currentVersion, after],
        );
        for (const row of rows) if (await this.move(table, id, row)) moved++;
        if (rows.length < BATCH) break;
        after = rows.at(-1)!.id;
      }
    }
    if (moved > 0)
      this.logger.info({ moved, keyVersion: this.keyring.currentVersion }, 'Wrapped data keys anew');
    return moved;
  }

  private async move(table: string, idColumn: string, row: Row): Promise<boolean> {
    const binding = { rowId: row.id, workspaceId: row.workspaceId, kind: row.kind };
    try {
      const sealed = rewrap(this.keyring, binding, { ...row, ciphertext: Buffer.alloc(0) });
      // Only over what was read: a refresh may have stored a new secret, under a new data key, in between.
      const [, moved]: [unknown[], number] = await this.database.query(
        `UPDATE ${table} SET key_version = $2, wrapped_key = $3 WHERE ${idColumn} = $1 AND wrapped_key = $4`,
        [row.id, sealed.keyVersion, sealed.wrappedKey, row.wrappedKey],
      );
      return moved > 0;
    } catch (error) {
      this.logger.error(
        { err: error, table, id: row.id, keyVersion: row.keyVersion },
        'Cannot wrap a data key anew',
      );
      return false;
    }
  }
}
