/**
 * Classes of SQLSTATE that mean "not now" rather than "never": connection faults (08), shutting down and starting (57P),
 * too many connections (53), and a database, role or table that the projection is still to make at a first start.
 */
const AWAY_SQLSTATE = /^(08|57P|53|3D000|42P01|22023|25006)/;

/** Whether an error of `pg` says that the database is away, as opposed to a fault of ours. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as { code?: unknown; message: string };
  if (typeof code === 'string') {
    return (
      AWAY_SQLSTATE.test(code) ||
      /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENOENT)/.test(code)
    );
  }
  // pg and pg-pool have no codes for their own timeouts and broken sockets.
  return /timeout exceeded|Connection terminated|Query read timeout|not queryable|connection error/i.test(
    message,
  );
}
