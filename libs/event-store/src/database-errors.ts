/** SQLSTATE, or Node's code of a socket error, of an error that TypeORM or node-postgres threw. */
function codeOf(error: unknown): string {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const value = driverError?.code ?? code;
  return typeof value === 'string' ? value : '';
}

function constraintOf(error: unknown): string | undefined {
  const { constraint, driverError } = error as { constraint?: string; driverError?: { constraint?: string } };
  return driverError?.constraint ?? constraint;
}

const UNIQUE_VIOLATION = '23505';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const racedOver = new Set(['events_stream_version', 'answers_pkey', 'consumer_position_pkey']);

/** Another transaction was there first; doing the whole work again sees what it did. */
export function isLostRace(error: unknown): boolean {
  const code = codeOf(error);
  if (code === SERIALIZATION_FAILURE || code === DEADLOCK) return true;
  return code === UNIQUE_VIOLATION && racedOver.has(constraintOf(error) ?? '');
}

const away = /^(ECONN|EPIPE|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08|57P0|53300|25P03)/;
const awayMessages = [
  'Connection terminated',
  'connection timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Client was closed',
  'Query read timeout',
];

/** The database, not the statement, is at fault: down, starting, out of connections, or it hung up. */
export function isDatabaseAway(error: unknown): boolean {
  if (!looksLikeError(error)) return false;
  if (error.errors && error.errors.length > 0) return error.errors.every(isDatabaseAway);
  if (away.test(codeOf(error))) return true;
  return awayMessages.some((message) => error.message.includes(message));
}

/** Not `instanceof`: Node's own socket errors come from another realm where code runs in a VM context, as under Jest. */
function looksLikeError(error: unknown): error is Error & { errors?: readonly unknown[] } {
  return typeof (error as Error | null | undefined)?.message === 'string';
}
