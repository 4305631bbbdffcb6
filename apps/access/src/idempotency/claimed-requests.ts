import { IdempotencyService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { claimRequest, settleRequest } = IdempotencyService.method;

/** A gateway prolongs its hold while a request runs; one that died keeps the key from its caller no longer than this. */
const HOLD_S = 15;
const KEPT = `interval '24 hours'`;

type Claim = RpcResponse<typeof claimRequest>;

interface Row {
  readonly sameBody: boolean;
  readonly answer: Claim['answer'] | null;
}

/** Requests that came with an idempotency key, and their answers for a day. */
@Controller()
export class ClaimedRequests {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(claimRequest)
  async claimRequest({
    requestHash,
    bodyHmac,
    holder,
  }: RpcRequest<typeof claimRequest>): Promise<RpcResponse<typeof claimRequest>> {
    // Taken when it is new, a day old, held by this very request, or left by a holder of the same body without an answer.
    const taken: unknown[] = await this.database.query(
      `INSERT INTO claimed_request AS held (request_hash, body_hmac, holder, held_until, claimed_at)
       VALUES ($1, $2, $3, now() + $4 * interval '1 second', now())
       ON CONFLICT (request_hash) DO UPDATE SET body_hmac = excluded.body_hmac, holder = excluded.holder,
         held_until = excluded.held_until, answer = NULL,
         claimed_at = CASE WHEN held.claimed_at < now() - ${KEPT} THEN now() ELSE held.claimed_at END
       WHERE held.claimed_at < now() - ${KEPT}
         OR held.answer IS NULL AND held.body_hmac = excluded.body_hmac
           AND (held.holder = excluded.holder OR held.held_until IS NULL OR held.held_until < now())
       RETURNING 1`,
      [requestHash, bodyHmac, holder, HOLD_S],
    );
    if (taken.length > 0) return { outcome: 'run' };
    const rows: Row[] = await this.database.query(
      `SELECT body_hmac = $2 AS "sameBody", answer FROM claimed_request WHERE request_hash = $1`,
      [requestHash, bodyHmac],
    );
    const [row] = rows;
    if (row && !row.sameBody) return { outcome: 'conflict' };
    if (row?.answer) return { outcome: 'replay', answer: row.answer };
    // Also when its holder let go of it between the two statements: the caller tries again.
    return { outcome: 'in_progress' };
  }

  @RpcMethod(settleRequest)
  async settleRequest({
    requestHash,
    holder,
    outcome,
    answer,
  }: RpcRequest<typeof settleRequest>): Promise<RpcResponse<typeof settleRequest>> {
    const held = [requestHash, holder];
    if (outcome === 'forgotten') {
      await this.database.query(
        'DELETE FROM claimed_request WHERE request_hash = $1 AND holder = $2 AND answer IS NULL',
        held,
      );
      return {};
    }
    const kept = outcome === 'answered' && answer ? JSON.stringify(answer) : null;
    await this.database.query(
      `UPDATE claimed_request SET holder = NULL, held_until = NULL, answer = $3::jsonb
       WHERE request_hash = $1 AND holder = $2`,
      [...held, kept],
    );
    return {};
  }
}

/** Removes what is a day old. */
export async function sweepClaimedRequests(database: DataSource): Promise<void> {
  await database.query(`DELETE FROM claimed_request WHERE claimed_at < now() - ${KEPT}`);
}
