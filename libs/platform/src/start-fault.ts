import { ConfigError } from './config.js';

type SystemError = Partial<Record<'code' | 'syscall' | 'address' | 'hostname' | 'port', unknown>>;

/**
 * Why a service does not start and what to do about it, where its operator can mend that: a faulty environment, a port
 * in use, a server that does not answer. Undefined for everything else.
 */
export function startFault(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  // A name with several addresses fails once for each of them.
  const single: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, syscall, address, hostname, port } = (single ?? {}) as SystemError;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop what listens there, or set PORT to another one.`;
  if (syscall === 'connect') return `Nothing answers at ${address}:${port} (${code}): ${SERVER}`;
  if (syscall === 'getaddrinfo') return `No host is called ${hostname} (${code}): ${SERVER}`;
  return undefined;
}

const SERVER = 'start the server, or correct the URL (DATABASE_URL or the like) that names it.';
