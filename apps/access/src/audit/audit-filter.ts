import type { AccessService, RpcRequest } from '@connections/contracts';

type Request = RpcRequest<typeof AccessService.method.listAudit>;

/**
 * SQL of the entries that are asked for; `$1` is the limit. Only the conditions that were asked for are written: each
 * has its index, and one plan for all of them would use none.
 */
export function auditFilter(request: Request): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [request.limit];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [`workspace_id = ${place(request.workspaceId)}`];
  const columns = {
    user_id: request.userId,
    action: request.action,
    target: request.target,
    outcome: request.outcome,
  };
  for (const [column, value] of Object.entries(columns)) {
    if (value !== undefined) conditions.push(`${column} = ${place(value)}`);
  }
  if (request.from !== undefined) conditions.push(`at >= ${place(request.from)}::timestamptz`);
  if (request.to !== undefined) conditions.push(`at < ${place(request.to)}::timestamptz`);
  const { beforeEntryId, beforeAt } = request;
  if (beforeEntryId !== undefined) conditions.push(before(beforeEntryId, beforeAt, place));
  return { where: conditions.join(' AND '), parameters };
}

/** A gateway of the release before tells the id alone, which is in the order of time as well. */
function before(entryId: string, at: string | undefined, place: (value: unknown) => string): string {
  if (at === undefined) return `entry_id < ${place(entryId)}::uuid`;
  return `(at, entry_id) < (${place(at)}::timestamptz, ${place(entryId)}::uuid)`;
}
