import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { isAllowedAddress } from './addresses.js';

/** The name resolves to addresses that calls must not go to. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';

  constructor(host: string) {
    super(`calls to the address of ${host} are not allowed`);
  }
}

const agents = new Map<boolean, Agent>();

/**
 * One keep-alive pool per host for the whole process. Addresses are checked as the socket is made, with the answer
 * that is then used: a check beforehand could be told another address than the connection (DNS rebinding).
 */
export function agentFor(production: boolean): Agent {
  let agent = agents.get(production);
  if (!agent) {
    agent = new Agent({
      connections: 32,
      keepAliveTimeout: 30_000,
      headersTimeout: 15_000,
      bodyTimeout: 15_000,
      connect: { timeout: 5_000, lookup: checkedLookup(production) },
    });
    agents.set(production, agent);
  }
  return agent;
}

/** Literal addresses never reach a lookup, so they are checked by themselves. */
export function refuseLiteral(hostname: string, production: boolean): void {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !isAllowedAddress(literal, production)) throw new RefusedAddress(hostname);
}

/** Closes idle sockets; for shutdown and the end of tests. Later calls open new ones. */
export async function closeProviderPools(): Promise<void> {
  const open = [...agents.values()];
  agents.clear();
  await Promise.all(open.map((agent) => agent.close()));
}

function checkedLookup(production: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => isAllowedAddress(address, production));
      const first = allowed[0];
      if (!first) return callback(new RefusedAddress(hostname), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
