import { ConnectionsService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { findCredential } = ConnectionsService.method;

/** Tells the vault whether a credential that it staged is wanted. */
@Controller()
export class FindCredential {
  constructor(private readonly database: DataSource) {}

  /**
   * Asked by credential, not by slot: a personal connection's slot is its owner's, whoever reconnects it, and the row
   * of an approval that is yet to be applied names no credential. One statement, so that an approval applied meanwhile
   * is seen with its events or not at all.
   */
  @RpcMethod(findCredential)
  async find({
    credentialId,
  }: RpcRequest<typeof findCredential>): Promise<RpcResponse<typeof findCredential>> {
    const [row]: { state: string }[] = await this.database.query(
      `SELECT CASE
         WHEN EXISTS (SELECT 1 FROM events WHERE data ->> 'credentialId' = $1
                      AND type IN ('ConnectionEstablished', 'ConnectionReconnected')) THEN 'in_use'
         WHEN EXISTS (SELECT 1 FROM approval WHERE credential_id = $1) THEN 'refused'
         ELSE 'unknown'
       END AS state`,
      [credentialId],
    );
    return { state: row?.state ?? 'unknown' };
  }
}
