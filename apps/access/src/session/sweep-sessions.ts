import type { DataSource } from 'typeorm';

/** Removes what nobody can use any more. Sessions past their lifetime are idle soon after: nobody is seen in one. */
export async function sweepSessions(
  database: DataSource,
  { sessionIdleS }: { sessionIdleS: number },
): Promise<void> {
  await database.query('DELETE FROM console_session WHERE last_seen_at < now() - make_interval(secs => $1)', [
    sessionIdleS,
  ]);
}
